import { beforeEach, expect, test } from "vitest";
import { type Store, storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { verifyAccountId } from "../../src/webhook/verify-account.ts";
import { newDelivery } from "../support/stored-deliveries.ts";

const target = {
	field: "mentions",
	accountId: "17",
	mediaId: "4",
	commentId: "5",
} as const;
let now = 0;
let store: Store;

beforeEach(async () => {
	now = 1_760_000_000_000;
	store = storeOf(await openSqlite(":memory:"), () => now);
	return () => store.close();
});

/** @throws where another reply blocks it */
function begin(message: string, again = false): number {
	const begun = store.replies.begin(target, message, again);
	if ("conflict" in begun) throw new Error(begun.conflict.state);
	return begun.number;
}

test("after one that was sent another may follow at once, and both are known", () => {
	store.replies.sent(begin("one"), "91");
	expect(() => begin("two")).toThrow("sent");
	store.replies.sent(begin("two", true), "92");
	expect(["91", "92"].map(store.replies.isOurs)).toEqual([true, true]);
	expect(store.replies.latest(target)).toMatchObject({ message: "two" });
});

test("one that is unknown is tried again as itself; one under way only after a minute", () => {
	const first = begin("one");
	expect(() => begin("two", true)).toThrow("sending");
	now += 60_000;
	expect(() => begin("two", true)).toThrow("sending");
	now += 1;
	expect(begin("two", true)).toBe(first);
	store.replies.unknown(first, "no answer");
	expect(() => begin("three")).toThrow("unknown");
	expect(begin("three", true)).toBe(first);
	expect(store.replies.open()).toMatchObject([
		{ message: "three", at: 1_760_000_000_000, triedAt: now },
	]);
});

test("what a person confirmed can be undone, what Meta answered cannot", () => {
	const number = begin("one");
	store.replies.unknown(number, "no answer");
	store.replies.trust(target);
	expect(store.replies.latest(target)?.state).toBe("sent");
	store.replies.trust(target, "undo");
	expect(store.replies.latest(target)?.state).toBe("unknown");
	store.replies.sent(number, "91");
	store.replies.trust(target);
	store.replies.trust(target, "undo");
	expect(store.replies.latest(target)?.state).toBe("sent");
});

test("a refusal leaves the way free", () => {
	store.replies.refused(begin("one"), "no", false);
	expect(store.replies.latest(target)).toBeUndefined();
	expect(begin("two")).toBe(2);
});

test.each([
	["a comment", "17", { id: "1", from: { id: "5" } }, 1],
	["a comment of the account itself", "17", { id: "1", from: { id: "17" } }, 0],
	["a comment without an id", "17", { from: { id: "5" } }, 0],
	["what igwh verify sends", verifyAccountId, { id: "1" }, 0],
])("in the inbox: %s", async (_, id, value, count) => {
	const changes = [{ field: "comments", value }];
	await store.deliveries.add(
		newDelivery({ object: "instagram", entry: [{ id, time: 1, changes }] }),
	);
	expect(store.inbox.list(["new"])).toHaveLength(count);
});
