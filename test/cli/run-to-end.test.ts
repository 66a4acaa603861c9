import { expect, test } from "vitest";
import type { AnyRecord } from "../../src/cli/record.ts";
import { runToEnd } from "../../src/cli/run-to-end.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { OutputClosedError } from "../../src/world.ts";
import { createMemoryClock } from "../support/memory-clock.ts";

/** A run that holds something, and restores it when it ends. */
function held(clock: ReturnType<typeof createMemoryClock>, restoreMs = 0) {
	const story: string[] = [];
	async function* run(signal: AbortSignal): AsyncGenerator<AnyRecord> {
		try {
			for (let n = 1; !signal.aborted; n++) {
				yield { type: `record ${n}` };
				await clock.sleep(1000, signal);
			}
		} finally {
			await clock.sleep(restoreMs);
			story.push("restored");
			yield { type: "restored" };
			story.push("closed");
		}
	}
	return { story, run };
}

function start(
	records: (signal: AbortSignal) => AsyncIterable<AnyRecord>,
	clock: ReturnType<typeof createMemoryClock>,
	show: (record: AnyRecord) => Promise<void> = async () => {},
) {
	const ending = new AbortController();
	const shown: string[] = [];
	const ended = runToEnd(records(ending.signal), {
		show: async (record) => {
			await show(record);
			shown.push(record.type);
		},
		ending,
		drainMs: 5000,
		clock,
	});
	return { ending, shown, ended };
}

test.each([
	["a closed output", new OutputClosedError("reader", "EPIPE")],
	["a failing one", new Error("no")],
])("%s ends the run, which restores what it holds", async (_, failure) => {
	const clock = createMemoryClock(0);
	const { story, run } = held(clock);
	const { ended, ending } = start(run, clock, async ({ type }) => {
		if (type !== "restored") throw failure;
	});
	await expect(ended).rejects.toBe(failure);
	expect(ending.signal.aborted).toBe(true);
	expect(story).toEqual(["restored", "closed"]);
});

test("an output that stays closed does not stop the winding-up", async () => {
	const clock = createMemoryClock(0);
	const { story, run } = held(clock);
	const closed = new OutputClosedError("terminal", "EIO");
	const { ended } = start(run, clock, async () => {
		throw closed;
	});
	await expect(ended).rejects.toBe(closed);
	expect(story).toEqual(["restored", "closed"]);
});

test("an interrupted run shows what it says last", async () => {
	const clock = createMemoryClock(0);
	const { story, run } = held(clock);
	const { ended, ending, shown } = start(run, clock);
	await clock.sleep(1500);
	ending.abort();
	await expect(ended).rejects.toMatchObject({ code: "interrupted" });
	expect(shown).toEqual(["record 1", "record 2", "restored"]);
	expect(story).toEqual(["restored", "closed"]);
});

test.each([
	["in time", 4999, ["restored", "closed"]],
	["too late", 5001, []],
])("a winding-up that ends %s", async (_, restoreMs, story) => {
	const clock = createMemoryClock(0);
	const holding = held(clock, restoreMs);
	const { ended, ending } = start(holding.run, clock);
	await clock.sleep(500);
	ending.abort();
	await expect(ended).rejects.toMatchObject({ code: "interrupted" });
	expect(holding.story).toEqual(story);
});

test("a winding-up that hangs after a closed output is left too", async () => {
	const clock = createMemoryClock(0);
	const closed = new OutputClosedError("reader", "EPIPE");
	const { ended } = start(
		async function* () {
			try {
				yield { type: "one" };
			} finally {
				await new Promise(() => {});
			}
		},
		clock,
		async () => {
			throw closed;
		},
	);
	await expect(ended).rejects.toBe(closed);
	expect(clock.now()).toBe(5000);
});

test("what fails in the winding-up is said in the place of a closed output", async () => {
	const clock = createMemoryClock(0);
	const failure = new IgwhError("graph", "the callback is still taken", "");
	const { ended } = start(
		async function* () {
			try {
				yield { type: "one" };
			} finally {
				await Promise.reject(failure);
			}
		},
		clock,
		async () => {
			throw new OutputClosedError("reader", "EPIPE");
		},
	);
	await expect(ended).rejects.toBe(failure);
});

test("an error nobody caught ends the run in order, and is what failed", async () => {
	const clock = createMemoryClock(0);
	const { story, run } = held(clock);
	const { ended, ending } = start(run, clock);
	await clock.sleep(500);
	const bug = new Error("a bug");
	ending.abort(bug);
	await expect(ended).rejects.toBe(bug);
	expect(story).toEqual(["restored", "closed"]);
});

test("a run that ends by itself ends without an error", async () => {
	const clock = createMemoryClock(0);
	const { ended, shown } = start(async function* () {
		yield { type: "one" };
		yield { type: "two" };
	}, clock);
	await ended;
	expect(shown).toEqual(["one", "two"]);
});
