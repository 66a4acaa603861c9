import { expect, test } from "vitest";
import { refusedLimit } from "../../src/receiver/refused-limit.ts";
import { createMemoryClock } from "../support/memory-clock.ts";

test("200 refused deliveries are stored at once, 20 a second after that, and it is said once", async () => {
	const clock = createMemoryClock(0);
	const notes: string[] = [];
	const { mayStore } = refusedLimit({
		clock,
		terminal: {
			interactive: false,
			note: (text: string) => notes.push(text),
		} as never,
	});
	const stored = (asked: number) =>
		Array.from({ length: asked }, mayStore).filter(Boolean).length;
	expect(stored(200)).toBe(200);
	expect(notes).toEqual([]);
	expect(stored(50)).toBe(0);
	expect(notes).toEqual([
		expect.stringContaining(
			"20 per second are stored, the others are only answered 401",
		),
	]);
	await clock.sleep(1000);
	expect(stored(50)).toBe(20);
	await clock.sleep(500);
	expect(stored(50)).toBe(10);
	await clock.sleep(3_600_000);
	expect(stored(500)).toBe(200);
	expect(notes).toHaveLength(1);
});
