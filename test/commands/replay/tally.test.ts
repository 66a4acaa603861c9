import { expect, test } from "vitest";
import type { ReplayRecord } from "../../../src/commands/replay/records.ts";
import { createTally } from "../../../src/commands/replay/tally.ts";
import { createMemoryClock } from "../../support/memory-clock.ts";

const record: ReplayRecord = {
	type: "replay",
	source: "mentions",
	to: "http://127.0.0.1:3000",
	status: 200,
	ms: 0,
	bytes: 1,
	signature: "",
	ok: true,
};

test.each([
	[[7], { p50: 7, p95: 7, p99: 7 }],
	[[300, 2, 10], { p50: 10, p95: 300, p99: 300 }],
	[[4, 1, 3, 2], { p50: 2, p95: 4, p99: 4 }],
	[
		Array.from({ length: 200 }, (_, index) => 200 - index),
		{ p50: 100, p95: 190, p99: 198 },
	],
	[[], { p50: 0, p95: 0, p99: 0 }],
])("percentiles of times that differ: %j", (times, expected) => {
	const tally = createTally(createMemoryClock(0));
	for (const ms of times) tally.add({ ...record, ms });
	expect(tally.summary()).toMatchObject({ ...expected, sent: times.length });
});

test("a bar holds what took up to its end, and empty ones stand between only", () => {
	const tally = createTally(createMemoryClock(0));
	for (const ms of [1, 1.1, 2, 10.5, 30_001]) tally.add({ ...record, ms });
	const { histogram = [] } = tally.summary();
	expect(histogram).toHaveLength(15);
	expect(histogram.filter(({ count }) => count > 0)).toEqual([
		{ upToMs: 1, count: 1 },
		{ upToMs: 2, count: 2 },
		{ upToMs: 20, count: 1 },
		{ upToMs: null, count: 1 },
	]);
});

test("an attempt that is followed by another does not count yet", () => {
	const clock = createMemoryClock(0);
	const tally = createTally(clock);
	const first = { ...record, status: 0, ok: false, hint: "nobody answers" };
	expect(tally.add({ ...first, retryInMs: 100 })).toEqual({ number: 1 });
	expect([tally.sent, tally.failed, tally.unreachable]).toEqual([0, 0, 0]);
	expect(tally.add(first)).toEqual({ number: 1, failure: 1 });
	expect(tally.add(record)).toEqual({ number: 2 });
	expect(tally.add({ ...first, hint: "later" })).toEqual({
		number: 3,
		failure: 2,
	});
	expect([tally.sent, tally.failed, tally.unreachable]).toEqual([3, 2, 2]);
	expect(tally.firstHint).toBe("nobody answers");
	expect(tally.summary().statuses).toEqual({ 0: 2, 200: 1 });
});
