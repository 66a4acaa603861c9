import { expect, test } from "vitest";
import { messageTemplate } from "../../../src/commands/reply/message-template.ts";
import type { MentionRecord } from "../../../src/mentions/records.ts";

const mention: MentionRecord = {
	type: "mention",
	kind: "comment",
	field: "mentions",
	igUserId: "1",
	mediaId: "2",
	commentId: "3",
	text: "$& {{username}} $1",
	username: "nora.lindqvist",
};

test.each([
	["Thanks @{{username}}!", "Thanks @nora.lindqvist!"],
	["{{ media_id }}/{{comment_id}}", "2/3"],
	["“{{text}}”", "“$& {{username}} $1”"],
	["{{permalink}}", undefined],
	["no names, {single} braces", "no names, {single} braces"],
])("%s says %s", (template, message) => {
	expect(messageTemplate.read(template)(mention)).toBe(message);
});

test.each(["{{name}}", "{{ }}", "{{toString}}"])(
	"%s is refused",
	(template) => {
		expect(() => messageTemplate.read(template)).toThrow(
			"is not a placeholder",
		);
	},
);
