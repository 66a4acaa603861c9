import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock } from "../../src/system/clock.ts";

test("a sleep longer than Node's longest timer does not end at once", async () => {
	const over = new AbortController();
	let ended = false;
	const slept = systemClock.sleep(30 * 86_400_000, over.signal).then(() => {
		ended = true;
	});
	await wait(50);
	expect(ended).toBe(false);
	over.abort();
	await slept;
});

test("a short sleep ends, and an aborted one at once", async () => {
	await systemClock.sleep(1);
	await systemClock.sleep(0);
	await systemClock.sleep(60_000, AbortSignal.abort());
});
