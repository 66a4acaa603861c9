import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NewDelivery } from "../../src/store/deliveries.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "igwh-history-"));
});
afterAll(() => rm(folder, { recursive: true }));

function delivery(entry: unknown, valid = true): NewDelivery {
	return {
		receivedAt: 1_760_000_000_000,
		target: "/webhook",
		headers: [["Content-Type", "application/json"]],
		body: Buffer.from(JSON.stringify({ object: "instagram", entry })),
		verdict: { valid },
	};
}

function comments(...ids: number[]) {
	const changes = ids.map((id) => ({
		field: "comments",
		value: { id: `1790000000000${id}`, text: "hi", from: { id: "12345" } },
	}));
	return [{ id: "17841400000000001", time: 1_760_000_000, changes }];
}

/** What the history must say, worked out the plain way. */
function expected(deliveries: readonly NewDelivery[]) {
	const first = new Map<string, string>();
	const inbox: string[] = [];
	const repeats = deliveries.map(({ body, verdict }, index) =>
		parseDelivery(body).changes.map((change) => {
			if (!verdict.valid) return null;
			const key = duplicateKey(change);
			const before = first.get(key) ?? null;
			if (before) return before;
			first.set(key, `d${index + 1}`);
			inbox.push(String((change.value as { id: string }).id));
			return null;
		}),
	);
	return { repeats, inbox };
}

test("at every query the history marks what is repeated and keeps what can be answered", async () => {
	const some = fc.record({
		entry: fc
			.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 })
			.map((ids) => comments(...ids)),
		valid: fc.boolean(),
		asked: fc.constantFrom("list", "find", "inbox", undefined),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(some, { maxLength: 150 }), async (steps) => {
			const database = await openSqlite(":memory:");
			const store = storeOf(database, () => 0);
			const deliveries = steps.map(({ entry, valid }) =>
				delivery(entry, valid),
			);
			const added: Promise<string>[] = [];
			for (const [index, { asked }] of steps.entries()) {
				const id = store.deliveries.add(deliveries[index] as NewDelivery);
				added.push(id);
				if (asked) await id;
				if (asked === "list") [...store.deliveries.list({ limit: 1 })];
				if (asked === "find") store.deliveries.find("d1");
				if (asked === "inbox") store.inbox.list(["new"]);
			}
			await Promise.all(added);
			const { repeats, inbox } = expected(deliveries);
			const stored = [...store.deliveries.list({ after: "d0", limit: 1000 })];
			expect(
				stored.map(({ parsed }) =>
					parsed.changes.map(({ duplicateOf }) => duplicateOf),
				),
			).toEqual(repeats);
			expect(stored.map(({ duplicateOf }) => duplicateOf)).toEqual(
				repeats.map((each) =>
					each.every((one) => one !== null) ? (each[0] ?? null) : null,
				),
			);
			expect(store.inbox.list(["new"]).map((item) => item.commentId)).toEqual(
				inbox,
			);
			database.close();
		}),
		{ numRuns: 40 },
	);
});

test("no payload keeps the history from being read", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const names = fc.constantFrom(
		...["field", "value", "id", "time", "changes", "media_id", "from"],
		...["messaging", "message", "mid", "standby", "comment_id", "media"],
	);
	const { entry } = fc.letrec<{ entry: unknown }>((tie) => ({
		entry: fc.oneof(
			{ maxDepth: 6 },
			fc.string({ unit: "binary" }),
			fc.constantFrom("comments", "mentions", "\0", "\ud800", "toString"),
			fc.double(),
			fc.constantFrom(null, true, -0),
			fc.array(tie("entry"), { maxLength: 4 }),
			fc.dictionary(names, tie("entry"), { maxKeys: 6 }),
		),
	}));
	let count = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
			const sent = delivery(entries);
			const id = await store.deliveries.add(sent);
			expect(id).toBe(`d${++count}`);
			expect(store.deliveries.find(id)?.parsed.changes).toMatchObject(
				parseDelivery(sent.body).changes,
			);
		}),
		{ numRuns: 1000 },
	);
	expect([...store.deliveries.list({ limit: 5000 })]).toHaveLength(count);
	database.close();
});

test("large deliveries are indexed like small ones", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const many = (from: number) =>
		comments(...Array.from({ length: 1500 }, (_, n) => 1000 + from + n));
	for (const entry of [many(0), many(1500), comments(1000), many(0)])
		await store.deliveries.add(delivery(entry));
	expect(
		[...store.deliveries.list({ limit: 9 })].map(({ parsed, duplicateOf }) => [
			parsed.changes.length,
			duplicateOf,
		]),
	).toEqual([
		[1500, "d1"],
		[1, "d1"],
		[1500, null],
		[1500, null],
	]);
	expect(store.inbox.list(["new"])).toHaveLength(3000);
	database.close();
});

test("two programs that read one history index each delivery once", async () => {
	const path = join(folder, "two.db");
	const databases = await Promise.all([openSqlite(path), openSqlite(path)]);
	const [one, two] = databases.map((each) => storeOf(each, () => 0));
	if (!one || !two) throw new Error("no stores");
	const ids = Array.from({ length: 200 }, (_, n) => n + 1);
	await Promise.all(
		ids.map((id) => one.deliveries.add(delivery(comments(id)))),
	);
	expect(two.inbox.list(["new"])).toHaveLength(200);
	await two.deliveries.add(delivery(comments(7)));
	expect(one.deliveries.find("d201")?.duplicateOf).toBe("d7");
	expect(one.inbox.list(["new"])).toHaveLength(200);
	expect(two.deliveries.find("d201")?.duplicateOf).toBe("d7");
	for (const database of databases) database.close();
});

test("a mention answered before it was indexed is not offered again", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	await store.deliveries.add(delivery(comments(1)));
	const target = {
		field: "comments",
		accountId: "17841400000000001",
		mediaId: "",
		commentId: "17900000000001",
	} as const;
	const begun = store.replies.begin(target, "thanks", false);
	if (!("number" in begun)) throw new Error("it may be sent");
	store.replies.sent(begun.number, "17900000000009");
	expect(store.inbox.list(["new"])).toEqual([]);
	expect(store.inbox.list(["answered"])).toHaveLength(1);
	database.close();
});

test("a store of an earlier igwh keeps its history", async () => {
	const database = await openSqlite(join(folder, "earlier.db"));
	const body = delivery(comments(1)).body;
	database.exec(secondVersion);
	database.run(
		"INSERT INTO deliveries (received_at, target, headers, body, object, valid, duplicate_of) VALUES (1, '/webhook', '[]', ?, 'instagram', 1, NULL)",
		[body],
	);
	database.run(
		"INSERT INTO changes VALUES (1, 0, '17841400000000001', 'comments', 1, '{}', ?, NULL)",
		["comments 17841400000000001 17900000000001"],
	);
	database.run(
		`INSERT INTO takeovers VALUES ('1', 'https://graph.facebook.com', '["https://a/webhook"]', 'http://127.0.0.1:7300/webhook?igwh.health=h', 'https://old/hook', '["comments"]', 5)`,
	);
	const store = storeOf(database, () => 0);
	expect(
		store.overrides.find("1", "https://Graph.Facebook.com:443/"),
	).toMatchObject({
		owner: "http://127.0.0.1:7300/webhook?igwh.health=h",
		callbackUrls: ["https://a/webhook"],
		replaced: [
			{
				callbackUrl: "https://old/hook",
				fields: ["comments"],
				active: true,
				listener: false,
			},
		],
	});
	await store.deliveries.add(delivery(comments(1, 2)));
	const [second, first] = store.deliveries.list({ limit: 9 });
	expect(first).toMatchObject({ id: "d1", body, duplicateOf: null });
	expect(first?.parsed.changes).toHaveLength(1);
	expect(second?.parsed.changes).toMatchObject([
		{ duplicateOf: "d1" },
		{ duplicateOf: null },
	]);
	expect(
		[...store.deliveries.list({ duplicates: true, limit: 9 })].map(
			({ id }) => id,
		),
	).toEqual(["d2"]);
	database.close();
});

/** The tables of that version which later ones changed. */
const secondVersion = `
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY, graph_url TEXT NOT NULL, callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL, previous_url TEXT, previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);
	CREATE TABLE deliveries (
		id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, target TEXT NOT NULL,
		headers TEXT NOT NULL, body BLOB NOT NULL, object TEXT NOT NULL, problem TEXT,
		valid INTEGER NOT NULL, algorithm TEXT, secret TEXT, reason TEXT,
		duplicate_of INTEGER
	);
	CREATE TABLE changes (
		delivery_id INTEGER NOT NULL REFERENCES deliveries, position INTEGER NOT NULL,
		account_id TEXT NOT NULL, field TEXT NOT NULL, time INTEGER NOT NULL,
		value TEXT NOT NULL, duplicate_key TEXT, duplicate_of INTEGER,
		PRIMARY KEY (delivery_id, position)
	) WITHOUT ROWID;
	CREATE INDEX changes_by_key ON changes (duplicate_key, delivery_id) WHERE duplicate_key IS NOT NULL;
	CREATE INDEX changes_by_field ON changes (field, delivery_id);
	CREATE INDEX changes_by_account ON changes (account_id, delivery_id);
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE TABLE forwards (
		id INTEGER PRIMARY KEY, delivery_id INTEGER NOT NULL, url TEXT NOT NULL,
		status INTEGER NOT NULL, ms INTEGER NOT NULL, hint TEXT
	);
	CREATE TABLE inbox (
		id INTEGER PRIMARY KEY, duplicate_key TEXT NOT NULL UNIQUE,
		delivery_id INTEGER NOT NULL, received_at INTEGER NOT NULL, field TEXT NOT NULL,
		account_id TEXT NOT NULL, media_id TEXT NOT NULL, comment_id TEXT,
		value TEXT NOT NULL, state TEXT NOT NULL, reason TEXT
	);
	PRAGMA user_version = 2;
`;
