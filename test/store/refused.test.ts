import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusedLimit } from "../../src/receiver/refused-limit.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { createMachine } from "../support/memory-world.ts";
import { commentDelivery, newDelivery } from "../support/stored-deliveries.ts";

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-refused-"));
});
afterEach(() => rm(home, { recursive: true }));

test("refused bodies are kept up to a size each and in all; signed ones are not touched", async () => {
	const path = join(home, "igwh.db");
	const database = await openSqlite(path);
	let removed = 0;
	const store = storeOf(database, () => 0, {
		onRefusedRemoved: (count) => {
			removed += count;
		},
	});
	const large = newDelivery("x".repeat(1024 * 1024), { valid: false });
	const first = await store.deliveries.add(large);
	expect(store.deliveries.find(first)).toMatchObject({
		bytes: 1024 * 1024,
		body: { length: 64 * 1024 },
		parsed: {
			changes: [],
			problem: "refused: only the first 65536 of its 1048576 bytes are stored",
		},
	});
	const signed = await store.deliveries.add(commentDelivery(1));
	const sizes: number[] = [];
	for (let round = 0; round < 3; round++) {
		for (let count = 0; count < 600; count++) void store.deliveries.add(large);
		await store.deliveries.add(large);
		sizes.push((await stat(path)).size);
	}
	expect(removed).toBeGreaterThan(1000);
	const [kept] = database.all(
		"SELECT sum(length(body)) AS bytes, min(id) AS oldest FROM deliveries WHERE valid = 0",
	);
	expect(Number(kept?.bytes)).toBeLessThan(34 * 1024 * 1024);
	expect(Number(kept?.oldest)).toBeGreaterThan(1000);
	expect(store.deliveries.find(first)).toBeUndefined();
	expect(store.deliveries.find(signed)?.verdict.valid).toBe(true);
	store.close();
	expect((await stat(path)).size).toBeLessThan(90 * 1024 * 1024);
});

test("what is written for refused deliveries is limited, and that is said once", async () => {
	const { clock, world } = createMachine();
	const notes: string[] = [];
	const terminal = {
		...world().terminal,
		note: (line: string) => void notes.push(line),
	};
	const rate = refusedLimit({ clock, terminal });
	const stored = (count: number) =>
		Array.from({ length: count }, rate.mayStore).filter(Boolean).length;
	expect(stored(200)).toBe(200);
	expect(notes).toEqual([]);
	expect(stored(1000)).toBe(0);
	await clock.sleep(1000);
	expect(stored(1000)).toBe(20);
	await clock.sleep(3_600_000);
	expect(stored(1000)).toBe(200);
	expect(notes).toHaveLength(1);
});
