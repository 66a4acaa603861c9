import fc from "fast-check";
import { expect, test } from "vitest";
import { type HttpRequest, textResponse } from "../../src/http.ts";
import { receiver } from "../../src/receiver/receiver.ts";
import type { HandshakeRecord } from "../../src/receiver/records.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";
import { sign } from "../../src/webhook/signature.ts";

const secret = "igwh_test_app_secret_0123456789abcdef";
const verifyToken = "the-token";

/** How many hostile requests are made up; always the same ones. */
const runs = { endOnFailure: true, numRuns: 12_000, seed: 20_261_121 };

const text = fc.oneof(
	fc.string(),
	fc.string({ unit: "binary" }),
	fc.constantFrom(
		"",
		"\u0000",
		"\r\nX: 1",
		"../..",
		"\ud800",
		"9".repeat(5000),
	),
);
const target = fc.oneof(
	{ weight: 6, arbitrary: fc.constant("/webhook") },
	text,
	fc
		.array(
			fc.tuple(
				fc.constantFrom(
					"hub.mode",
					"hub.verify_token",
					"hub.challenge",
					"hub.challenge[]",
					"igwh.health",
					"__proto__",
				),
				fc.oneof(fc.constantFrom("subscribe", verifyToken), text),
			),
			{ maxLength: 8 },
		)
		.map(
			(pairs) =>
				`/webhook?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`,
		),
);
const change = fc.record(
	{
		field: fc.oneof(
			fc.constantFrom("comments", "mentions", "story_insights", "constructor"),
			text,
		),
		value: fc.oneof(
			fc.jsonValue({ depthSize: "medium" }),
			fc.record({ id: text, comment_id: text, media_id: text }),
		),
	},
	{ requiredKeys: [] },
);
const payload = fc.record({
	object: fc.oneof(fc.constant("instagram"), text),
	entry: fc.array(
		fc.record(
			{
				id: fc.oneof(text, fc.double()),
				time: fc.oneof(fc.double(), text),
				changes: fc.array(change, { maxLength: 4 }),
				messaging: fc.jsonValue(),
			},
			{ requiredKeys: [] },
		),
		{ maxLength: 3 },
	),
});
const body = fc.oneof(
	fc.uint8Array({ maxLength: 300 }),
	fc.json().map((json) => Buffer.from(json)),
	payload.map((value) => Buffer.from(JSON.stringify(value))),
	fc
		.integer({ min: 1, max: 3000 })
		.map((depth) => Buffer.from("[".repeat(depth) + "]".repeat(depth))),
);
const signing = fc.constantFrom(
	"good",
	"forged",
	"none",
	"twice",
	"upper",
	"junk",
);

interface Made {
	request: HttpRequest;
	genuine: boolean;
}

const made: fc.Arbitrary<Made> = fc
	.record({
		method: fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom("GET", "POST", "POST") },
			fc.constantFrom("PUT", "HEAD", "", "post", "\u0000"),
		),
		target,
		body,
		signing,
		junk: fc.array(fc.tuple(text, text), { maxLength: 4 }),
	})
	.map(({ method, target, body, signing, junk }) => ({
		request: { method, target, body, headers: headers(body, signing, junk) },
		genuine: signing === "good",
	}));

function headers(
	body: Uint8Array,
	signing: string,
	junk: [string, string][],
): HttpRequest["headers"] {
	const name = "X-Hub-Signature-256";
	const good = sign(body, secret);
	const forms: Record<string, [string, string][]> = {
		good: [[name, good]],
		forged: [[name, sign(body, "another")]],
		none: [],
		twice: [
			[name, good],
			[name.toLowerCase(), good],
		],
		upper: [[name, good.toUpperCase()]],
		junk: [[name, `sha256=${"z".repeat(64)}`]],
	};
	return [
		...(forms[signing] as [string, string][]),
		...junk.filter(([key]) => !/^x-hub/i.test(key)),
	];
}

test("twelve thousand hostile requests get the right status, and leave it listening", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const handshakes: HandshakeRecord[] = [];
	const handler = receiver({
		verifyToken,
		healthToken: "health",
		secrets: [{ name: "app secret", value: secret }],
		now: () => 1_760_000_000_000,
		accept: async (delivery) => {
			return textResponse(200, await store.deliveries.add(delivery));
		},
		onHandshake: (record) => handshakes.push(record),
	});
	let stored = 0;
	await fc.assert(
		fc.asyncProperty(made, async ({ request, genuine }) => {
			const { status, body } = await handler(request);
			const at = request.target.split("?")[0] === "/webhook";
			if (!at) expect(status).toBe(404);
			else if (request.method === "POST") {
				stored += 1;
				expect(status).toBe(genuine ? 200 : 401);
				const kept = store.deliveries.find(`d${stored}`);
				expect(
					Buffer.compare(kept?.body ?? Buffer.from("?"), request.body),
				).toBe(0);
				expect(kept?.verdict.valid).toBe(genuine);
			} else if (request.method === "GET")
				expect(status).toBe(handshakes.at(-1)?.ok ? 200 : 403);
			else expect(status).toBe(405);
			expect(body.length).toBeLessThan(200_000);
		}),
		runs,
	);
	expect(stored).toBeGreaterThan(1000);
	expect(handshakes.some(({ ok }) => !ok)).toBe(true);
	const last = Buffer.from('{"object":"instagram","entry":[]}');
	const answer = await handler({
		method: "POST",
		target: "/webhook",
		headers: deliveryHeaders(last, "changes", secret),
		body: last,
	});
	expect(Buffer.from(answer.body).toString()).toBe(`d${stored + 1}`);
	expect([...store.deliveries.list({ limit: 5 })][0]?.id).toBe(
		`d${stored + 1}`,
	);
	database.close();
}, 60_000);
