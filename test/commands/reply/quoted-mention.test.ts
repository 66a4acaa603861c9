import { expect, test } from "vitest";
import {
	withoutQuote,
	withQuote,
} from "../../../src/commands/reply/quoted-mention.ts";
import type { MentionRecord } from "../../../src/mentions/records.ts";

const mention = (text: string): MentionRecord => ({
	type: "mention",
	kind: "comment",
	field: "mentions",
	igUserId: "1",
	mediaId: "2",
	username: "ann",
	text,
});

test("a mention is quoted below the answer", () => {
	expect(withQuote("Thanks!", mention("first\nsecond"))).toMatchInlineSnapshot(`
		"Thanks!

		# ------------------------ >8 ------------------------
		# Everything from the line above on is ignored.
		#
		# @ann wrote:
		# > first
		# > second
		#
		#
		#
		#
		#
		"
	`);
});

test.each(["", "Thanks!", "#coffee\n\n# and more", "a\nb"])(
	"what is written above it is the answer: %j",
	(text) => {
		expect(withoutQuote(withQuote(text, mention("hello")))).toBe(text);
	},
);

test("an editor that writes Windows line ends changes nothing", () => {
	const file = withQuote("a\nb", mention("hello")).replaceAll("\n", "\r\n");
	expect(withoutQuote(file)).toBe("a\nb");
});

test("no line of a stranger's stands where Vim looks for modelines", () => {
	const lines = withQuote("", mention("vim: set x:\n\u001b[2Jvim: y")).split(
		"\n",
	);
	const near = [...lines.slice(0, 5), ...lines.slice(-6)];
	expect(near.join("\n")).not.toContain("vim");
	expect(lines.join("\n")).not.toContain("\u001b");
});
