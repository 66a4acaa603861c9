import { describe, expect, test } from "vitest";
import {
	defaultInstagramFields,
	instagramFields,
	pageFields,
} from "../../src/webhook/fields.ts";

test("Meta's business SDK knows 106 page fields", () => {
	expect(pageFields.size).toBe(106);
	for (const name of pageFields) expect(name).toMatch(/^[a-z_]+$/);
});

describe("a name is of the instagram object, of the page, or of both", () => {
	test.each([
		["comments", true, false],
		["live_comments", true, false],
		["live_videos", false, true],
		["mentions", true, false],
		["mention", false, true],
		["story_insights", true, false],
		["feed", false, true],
		["messages", true, true],
		["message_echoes", true, true],
		["message_reactions", true, true],
		["message_edit", true, false],
		["message_edits", false, true],
		["messaging_referral", true, false],
		["messaging_referrals", false, true],
		["messaging_handover", true, false],
		["messaging_handovers", false, true],
		["messaging_seen", true, false],
		["message_reads", false, true],
		["messaging_optins", true, true],
		["messaging_postbacks", true, true],
		["messaging_policy_enforcement", true, true],
		["response_feedback", true, true],
		["standby", true, true],
		["comment", false, false],
		["", false, false],
	])("%s", (name, ofInstagram, ofPage) => {
		expect([
			Object.hasOwn(instagramFields, name),
			pageFields.has(name),
		]).toEqual([ofInstagram, ofPage]);
	});
});

const pages = [
	"pages_manage_metadata",
	"pages_read_engagement",
	"pages_show_list",
];
const commenting = {
	container: "changes",
	permissions: ["instagram_basic", "instagram_manage_comments", ...pages],
};
const insights = {
	container: "changes",
	permissions: ["instagram_basic", "instagram_manage_insights", ...pages],
};
const messaging = {
	container: "messaging",
	permissions: ["instagram_basic", "instagram_manage_messages", ...pages],
};

test("every Instagram field has its container and its permissions", () => {
	expect(instagramFields).toEqual({
		comments: commenting,
		live_comments: commenting,
		mentions: commenting,
		story_insights: insights,
		messages: messaging,
		message_echoes: messaging,
		message_edit: messaging,
		message_reactions: messaging,
		messaging_handover: messaging,
		messaging_optins: messaging,
		messaging_policy_enforcement: messaging,
		messaging_postbacks: messaging,
		messaging_referral: messaging,
		messaging_seen: messaging,
		response_feedback: messaging,
		standby: { ...messaging, container: "standby" },
	});
});

test("the fields of Meta's page are the ones that come as changes", () => {
	const changes = Object.entries(instagramFields)
		.filter(([, { container }]) => container === "changes")
		.map(([name]) => name);
	expect(defaultInstagramFields).toEqual(changes);
});
