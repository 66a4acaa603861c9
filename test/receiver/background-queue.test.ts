import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { backgroundQueue } from "../../src/receiver/background-queue.ts";

interface Item {
	number: number;
}

/** Work that records its items, and a clock whose pauses end on demand. */
function workshop(most = 1000) {
	const done: number[] = [];
	const sizes: number[] = [];
	const pauses: (() => void)[] = [];
	let number = 0;
	const spare = backgroundQueue<Item>(
		async (items) => {
			sizes.push(items.length);
			done.push(...items.map(({ number }) => number));
		},
		{
			sleep: () =>
				new Promise<void>((resolve) => {
					pauses.push(resolve);
				}),
		},
		most,
	);
	const push = (count: number) => {
		for (let each = 0; each < count; each++) spare.push({ number: number++ });
	};
	return { spare, push, done, sizes, pauses };
}

const first = (count: number) => Array.from({ length: count }, (_, n) => n);

test("a single item is worked on at once, but not before the answer is sent", async () => {
	const { spare, push, done, pauses } = workshop();
	push(3);
	expect(done).toEqual([]);
	await spare.settled();
	expect(done).toEqual(first(3));
	expect(pauses).toEqual([]);
	push(1);
	await spare.settled();
	expect(done).toEqual(first(4));
});

test("in a rush a handful is done between pauses, and the rest when it is over", async () => {
	const { spare, push, done, sizes, pauses } = workshop();
	push(100);
	await turn();
	await turn();
	expect(done).toEqual([]);
	expect(pauses).toHaveLength(1);
	push(100);
	pauses[0]?.();
	await spare.settled();
	expect(pauses).toHaveLength(1);
	expect(sizes).toEqual([32, 32, 32, 32, 32, 32, 8]);
	expect(done).toEqual(first(200));
});

test("what is in line can be forgotten, and is never worked on", async () => {
	const { spare, push, done, pauses } = workshop();
	push(100);
	await turn();
	await turn();
	expect(spare.clear()).toBe(100);
	pauses[0]?.();
	await spare.settled();
	expect(done).toEqual([]);
	push(1);
	await spare.settled();
	expect(done).toEqual([100]);
	expect(spare.clear()).toBe(0);
});

test("where the line is full there is no pause, and room when it is shorter", async () => {
	const { spare, push, done, pauses } = workshop(50);
	await spare.room();
	push(50);
	const room = spare.room().then(() => done.length);
	expect(await room).toBe(32);
	expect(pauses).toEqual([]);
	await spare.settled();
	expect(done).toEqual(first(50));
});
