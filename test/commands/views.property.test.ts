import fc from "fast-check";
import { expect, test } from "vitest";
import { createOutput } from "../../src/cli/output.ts";
import { safeValue } from "../../src/cli/safe-text.ts";
import { createTheme } from "../../src/cli/theme.ts";
import { commands } from "../../src/commands/commands.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { createMachine } from "../support/memory-world.ts";

const theme = createTheme(true, 120);

/** Names Meta uses, and names every object inherits. */
const name = fc.constantFrom(
	...["media_id", "comment_id", "text", "from", "media", "reach", "replies"],
	...["message", "attachments", "type", "is_echo", "sender", "referral", "id"],
	...["reaction", "app_roles", "read", "optin", "story", "postback", "ad_id"],
	...["toString", "constructor", "valueOf", "toJSON", "__proto__", "length"],
	...["username", "impressions", "exits", "parent_id", "reply_to", "mid"],
);

const fieldName = fc.constantFrom(
	...["mentions", "comments", "live_comments", "story_insights", "messages"],
);

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
	json: fc.oneof(
		{ depthSize: "small" },
		fc.constant(null),
		fc.boolean(),
		fc.double({ noNaN: true }),
		fc.string({ unit: "binary" }),
		name,
		fc.array(tie("json"), { maxLength: 3 }),
		fc.dictionary(name, tie("json"), { maxKeys: 4 }),
	),
}));

const delivery = fc
	.record({
		object: fc.oneof(fc.constant("instagram"), json),
		entry: fc.array(
			fc.oneof(
				json,
				fc.record({
					id: fc.oneof(fc.constant("17841405309211844"), json),
					time: fc.oneof(fc.constant(1_760_000_000), json),
					changes: fc.array(
						fc.record({
							field: fc.oneof(fieldName, json),
							value: json,
						}),
						{ maxLength: 3 },
					),
					messaging: fc.array(json, { maxLength: 2 }),
				}),
			),
			{ maxLength: 2 },
		),
	})
	.map((payload) => Buffer.from(JSON.stringify(payload)));

const viewOf = async (wanted: string) => {
	const found = commands.find(({ name }) => name === wanted);
	if (!found) throw new Error(`no command ${wanted}`);
	return (await found.view()).view;
};

test("whatever a delivery holds, every view of it is a text without control characters", async () => {
	const eventsView = await viewOf("events");
	const triggerView = await viewOf("trigger");
	const views = [await viewOf("listen"), eventsView, await viewOf("demo")];
	fc.assert(
		fc.property(delivery, (body) => {
			const { object, changes, problem } = parseDelivery(body);
			const record = {
				type: "delivery",
				id: "d1",
				receivedAt: "2026-11-22T10:00:00.000Z",
				object,
				bytes: body.length,
				signature: { valid: false, reason: "no signature" },
				duplicateOf: null,
				changes: changes.map((change) => ({ ...change, duplicateOf: null })),
				forward: null,
				forwards: [],
				...(problem && { problem }),
			};
			const detail = {
				...record,
				target: "/webhook",
				headers: [["a", body.toString()]],
				bodyBase64: body.toString("base64"),
			};
			for (const view of views) {
				const text = view(safeValue(record), theme);
				expect(text).not.toContain("[native code]");
				expect(text).not.toMatch(control);
			}
			expect(eventsView(safeValue(detail), theme)).not.toMatch(control);
			for (const { field, accountId, value } of changes)
				triggerView(
					safeValue({
						...{ type: "trigger", field, accountId, value },
						...{ delivery: null, gates: [] },
					}),
					theme,
				);
		}),
		{ numRuns: 1000 },
	);
});

test("whatever any record holds, each view of it is a line without control characters", async () => {
	const types = [
		...["delivery", "handshake", "ready", "tunnel", "subscription"],
		...["replacing", "dashboard", "mention", "unreadable", "reply"],
		...["unanswered", "story", "total", "row", "replay", "summary", "check"],
		...["fixture", "pruned", "trigger", "call", "gate", "sandbox", "step"],
	];
	const lines: string[] = [];
	const machine = createMachine({}).world({}, new AbortController().signal);
	const output = createOutput(
		{
			...machine,
			terminal: {
				...machine.terminal,
				print: async (line) => void lines.push(line),
			},
		},
		{ json: false, hidden: () => [] },
	);
	const member = fc.oneof(name, fc.constantFrom(...memberNames));
	const record = fc
		.tuple(fc.constantFrom(...types), fc.dictionary(member, json))
		.map(([type, members]) => ({ ...members, type }));
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...commands),
			record,
			async (command, shown) => {
				lines.length = 0;
				await output.record(shown, (await command.view()).view);
				for (const line of lines) expect(String(line)).not.toMatch(control);
			},
		),
		{ numRuns: 2000 },
	);
});

/** Of records. */
const memberNames = [
	...["status", "ok", "detail", "fix", "signature", "changes", "forwards"],
	...["url", "callbackUrl", "message", "commentId", "mediaId", "comments"],
	...["numbers", "sums", "line", "fields", "previous", "gates", "delivery"],
	...["receivedAt", "timestamp", "hint", "reason", "source", "to", "ms"],
	...["inbox", "answer", "json", "headers", "bodyBase64", "bytes", "object"],
	...["accountId", "position", "of", "reachShare", "completionRate", "kind"],
];

/** Other than the colours igwh sets. */
const control =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
	/[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[\d+m)/;
