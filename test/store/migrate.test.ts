import { expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import type { Database } from "../../src/world.ts";
import { oldSchemas } from "../support/old-schemas.ts";
import { commentDelivery } from "../support/stored-deliveries.ts";

const account = "17841400000000001";
const keyOf = (id: number) => `comments ${account} ${id}`;

/** Inserts a row with those of the columns that the table has. */
function insert(database: Database, table: string, row: object): void {
	const columns = database
		.all(`SELECT name FROM pragma_table_info('${table}')`)
		.map(({ name }) => String(name));
	const given = Object.entries(row).filter(([name]) => columns.includes(name));
	database.run(
		`INSERT INTO ${table} (${given.map(([name]) => name).join(", ")}) VALUES (${given.map(() => "?").join(", ")})`,
		given.map(([, value]) => value),
	);
}

/** Three deliveries of comments, the last of which repeats, as each version kept them. */
function fill(database: Database, version: number): void {
	const deliveries = [[1], [2], [1, 3]];
	for (const [index, ids] of deliveries.entries()) {
		const id = index + 1;
		insert(database, "deliveries", {
			id,
			received_at: id * 1000,
			target: "/webhook",
			headers: "[]",
			body: commentDelivery(...ids).body,
			object: "instagram",
			valid: 1,
		});
		for (const [position, comment] of ids.entries())
			insert(database, "changes", {
				delivery_id: id,
				position,
				account_id: account,
				field: "comments",
				time: 1,
				value: JSON.stringify({ id: String(comment) }),
				duplicate_key: keyOf(comment),
				// The second version began to keep it for each change.
				duplicate_of: version > 1 && id === 3 && comment === 1 ? 1 : null,
			});
	}
	for (const [comment, state] of [
		[1, "answered"],
		[2, "new"],
		[3, "new"],
	] as const)
		insert(database, "inbox", {
			duplicate_key: keyOf(comment),
			delivery_id: comment,
			received_at: comment * 1000,
			field: "comments",
			account_id: account,
			media_id: "",
			comment_id: String(comment),
			value: "{}",
			state,
		});
	insert(database, "replies", {
		at: 1,
		tried_at: 1,
		field: "comments",
		account_id: account,
		media_id: "",
		comment_id: "1",
		message: "thanks",
		state: "sent",
		reply_id: "99",
	});
	insert(database, "forwards", {
		delivery_id: 2,
		url: "http://127.0.0.1:3000/",
		status: 200,
		ms: 5,
	});
	insert(database, "listeners", {
		url: "http://127.0.0.1:7300",
		started_at: 1,
	});
	if (version > 2) insert(database, "indexed", { up_to: 3 });
	if (hasTakeovers(database))
		for (const [app_id, previous_url] of [
			["1", "https://app.example/hook"],
			["2", null],
		])
			insert(database, "takeovers", {
				app_id,
				graph_url: "https://graph.facebook.com",
				callback_urls: '["https://a.loca.lt/webhook"]',
				alive_url: "http://127.0.0.1:7300/webhook?igwh.health=a",
				previous_url,
				previous_fields: '["comments","mentions"]',
				started_at: 1,
			});
}

function hasTakeovers(database: Database): boolean {
	return (
		database.all("SELECT 1 FROM sqlite_master WHERE name = 'takeovers'")
			.length > 0
	);
}

test("every version but the newest is tried", async () => {
	const database = await openSqlite(":memory:");
	storeOf(database, () => 0);
	const newest = Number(database.all("PRAGMA user_version")[0]?.user_version);
	database.close();
	expect([...new Set(oldSchemas.map(({ version }) => version))].sort()).toEqual(
		Array.from({ length: newest - 1 }, (_, index) => index + 1),
	);
});

test.each(
	oldSchemas.map(({ version, sql }, number) => ({ version, sql, number })),
)(
	"a store of schema $number (version $version) keeps all it held",
	async ({ version, sql }) => {
		const database = await openSqlite(":memory:");
		database.exec(sql);
		if (version > 2) database.exec("DELETE FROM indexed");
		fill(database, version);
		const held = hasTakeovers(database);
		const store = storeOf(database, () => 0);
		await store.deliveries.add(commentDelivery(2, 4));
		const listed = [...store.deliveries.list({ after: "d0", limit: 9 })];
		expect(
			listed.map(({ id, parsed, forwards }) => [
				id,
				parsed.changes.map(({ duplicateOf }) => duplicateOf),
				forwards.length,
			]),
		).toEqual([
			["d1", [null], 0],
			["d2", [null], 1],
			["d3", ["d1", null], 0],
			["d4", ["d2", null], 0],
		]);
		expect(
			[...store.deliveries.list({ duplicates: true, limit: 9 })].map(
				({ id }) => id,
			),
		).toEqual(["d4", "d3"]);
		expect(
			store.inbox
				.list(["new", "answered"])
				.map(({ commentId, state, receivedAt }) => [
					commentId,
					state,
					receivedAt,
				]),
		).toEqual([
			["1", "answered", 1000],
			["2", "new", 2000],
			["3", "new", 3000],
			["4", "new", expect.any(Number)],
		]);
		expect(store.replies.isOurs("99")).toBe(true);
		expect(store.listeners.latest()).toBe("http://127.0.0.1:7300");
		store.lookups.keep("a", 1);
		expect(store.overrides.find("1", "")).toBeUndefined();
		const overridden = (app: string) =>
			store.overrides.find(app, "https://graph.facebook.com");
		if (!held) expect(overridden("1")).toBeUndefined();
		else {
			expect(overridden("1")).toEqual({
				appId: "1",
				graphUrl: "https://graph.facebook.com",
				owner: "http://127.0.0.1:7300/webhook?igwh.health=a",
				callbackUrls: ["https://a.loca.lt/webhook"],
				foreignListeners: [],
				replaced: [
					{
						callbackUrl: "https://app.example/hook",
						fields: ["comments", "mentions"],
						active: true,
						listener: false,
					},
				],
				revision: 1,
			});
			expect(overridden("2")?.replaced).toEqual([null]);
		}
		database.close();
	},
);
