import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { createTheme } from "../../src/cli/theme.ts";
import { widthOf } from "../../src/cli/width.ts";
import { deliveryLine } from "../../src/deliveries/delivery-line.ts";
import type { DeliveryRecord } from "../../src/deliveries/records.ts";
import type { Forward } from "../../src/store/deliveries.ts";
import { instagramFields } from "../../src/webhook/fields.ts";

function record(
	field: string,
	value: unknown,
	more: Partial<DeliveryRecord> = {},
) {
	return {
		type: "delivery",
		id: "d12",
		receivedAt: "2026-11-22T10:00:00.000Z",
		object: "instagram",
		bytes: 338,
		signature: { valid: true },
		duplicateOf: null,
		changes: [
			{
				accountId: "17841400000000001",
				field,
				time: 1_760_000_000,
				value,
				duplicateOf: null,
			},
		],
		forward: null,
		forwards: [],
		...more,
	} satisfies DeliveryRecord;
}

const comment = (text: string, more: Partial<DeliveryRecord> = {}) =>
	record(
		"comments",
		{ id: "17900000000000001", text, from: { username: "ana" } },
		more,
	);

const mention = (more: Partial<DeliveryRecord> = {}) =>
	record(
		"mentions",
		{ comment_id: "17894227972186120", media_id: "17918195224117851" },
		more,
	);

const accepted: Forward = {
	url: "http://127.0.0.1:3000/webhook",
	status: 200,
	ms: 12,
};
const refused: Forward = {
	url: "http://127.0.0.1:4000/webhook",
	status: 502,
	ms: 1,
	problem: "refused",
	hint: "nothing listens at 127.0.0.1:4000; is your app running?",
};

const lineAt = (columns: number, shown: DeliveryRecord) =>
	stripVTControlCharacters(deliveryLine(shown, createTheme(true, columns)));

const messagingFields = Object.entries(instagramFields)
	.filter(([, { container }]) => container === "messaging")
	.map(([field]) => field);

const piped = Number.POSITIVE_INFINITY;

describe.each([
	["Latin", "a long comment that says more than fits on a line. ".repeat(4)],
	["Japanese", "とても美味しいコーヒーでした。また来ます。".repeat(8)],
	["emoji", "☕👀👑🎉👨‍👩‍👧".repeat(30)],
])("%s text", (_, text) => {
	test("is cut to the width, whatever stands at the end", () => {
		for (const columns of [45, 80, 110, 200])
			for (const more of [
				{},
				{ duplicateOf: "d1" },
				{ duplicateOf: "d1", forwards: [accepted] },
			]) {
				const line = lineAt(columns, comment(text, more));
				expect(line).toContain("…");
				expect(widthOf(line)).toBeLessThanOrEqual(columns);
				expect(widthOf(line)).toBeGreaterThan(columns - 4);
			}
	});

	test("is whole in a pipe", () => {
		expect(lineAt(piped, comment(text))).toContain(`@ana: ${text}  338 B`);
	});
});

test("what fits is not cut", () => {
	expect(lineAt(100, comment("hi"))).toBe(
		"10:00:00  d12   ✓ signed  comments       @ana: hi  338 B",
	);
});

test("a mention, by width: the byte count gives way to its ids", () => {
	const shown = mention({ forwards: [accepted] });
	expect(
		[piped, 120, 80, 60, 45, 30].map((columns) => lineAt(columns, shown)),
	).toMatchInlineSnapshot(`
		[
		  "10:00:00  d12   ✓ signed  mentions                     mentioned in comment 17894227972186120 on media 17918195224117851  → 200 12 ms  338 B",
		  "10:00:00  d12   ✓ signed  mentions       mentioned in comment 17894227972186120 on media 17918195224117851  → 200 12 ms",
		  "10:00:00  d12   ✓ mentions       in comment 17894227972186120 on m…  → 200 12 ms",
		  "10:00:00  d12   ✓ mentions       17894227972186120  → 200",
		  "d12 ✓ mentions 17894227972186120  → 200",
		  "d12 ✓ mentions in comm…  → 200",
		]
	`);
});

test("no width cuts an id", () => {
	const ids = ["17894227972186120", "17918195224117851"];
	for (const forwards of [[], [accepted], [accepted, refused]])
		for (let columns = 20; columns < 160; columns++)
			for (const [digits] of lineAt(columns, mention({ forwards }))
				.split("\n")[0]
				?.matchAll(/\d{9,}/g) ?? [])
				expect(ids).toContain(digits);
});

test("fields of any length are aligned", () => {
	for (const columns of [80, 120, 160, piped]) {
		const starts = messagingFields.map((field) =>
			lineAt(columns, record(field, { message: { text: "hi" } })).indexOf("hi"),
		);
		expect(new Set(starts).size).toBe(1);
	}
});

test.each<[string, Forward[], string]>([
	["accepted", [accepted], "→ 200 12 ms"],
	["refused", [refused], "→ refused"],
	[
		"too late",
		[{ ...accepted, status: 504, ms: 30_000, problem: "timeout" }],
		"→ timeout 30 s",
	],
	["a 502 of its own", [{ ...accepted, status: 502 }], "→ 502 12 ms"],
	["404", [{ ...accepted, status: 404 }], "→ 404 12 ms"],
	["two apps", [accepted, refused], "→ :3000 200 12 ms  :4000 refused"],
	[
		"two paths of one app",
		[accepted, { ...accepted, url: "http://127.0.0.1:3000/b", status: 404 }],
		"→ :3000/webhook 200 12 ms  :3000/b 404 12 ms",
	],
	[
		"apps elsewhere",
		[
			{ ...accepted, url: "https://a.example/x" },
			{ ...accepted, url: "https://b.example/x", status: 401 },
		],
		"→ a.example 200 12 ms  b.example 401 12 ms",
	],
])("the mark of an app: %s", (_, forwards, mark) => {
	expect(lineAt(160, comment("hi", { forwards })).split("\n")[0]).toBe(
		`10:00:00  d12   ✓ signed  comments             @ana: hi  ${mark}  338 B`,
	);
});

test("a slow 200 is a warning, a failure is red", () => {
	const theme = {
		...createTheme(false, 120),
		good: (text: string) => `good(${text})`,
		warn: (text: string) => `warn(${text})`,
		bad: (text: string) => `bad(${text})`,
	};
	const mark = (forward: Forward) =>
		deliveryLine(comment("hi", { forwards: [forward] }), theme);
	expect(mark(accepted)).toContain("→ good(200 12 ms)");
	expect(mark({ ...accepted, ms: 5001 })).toContain("→ warn(200 5001 ms)");
	expect(mark({ ...accepted, status: 204 })).toContain("→ warn(204 12 ms)");
	expect(mark(refused)).toContain("→ bad(refused)");
});

test("causes stand below, broken at words", () => {
	expect(
		lineAt(45, mention({ forwards: [accepted, refused] })),
	).toMatchInlineSnapshot(`
		"d12 ✓ mentions in comment…  → :4000 refused
		    :4000: nothing listens at 127.0.0.1:4000;
		    is your app running?"
	`);
	expect(
		lineAt(
			80,
			comment("hi", {
				signature: { valid: false, reason: "no signature header" },
			}),
		),
	).toMatchInlineSnapshot(`
		"10:00:00  d12   ✗ comments       @ana: hi  338 B
		    no signature header"
	`);
});

test("a date where deliveries of several days are listed", () => {
	const theme = createTheme(false, 120);
	expect(deliveryLine(comment("hi"), theme, { dated: true })).toBe(
		"2026-11-22 10:00:00  d12   ✓ signed  comments       @ana: hi  338 B",
	);
});
