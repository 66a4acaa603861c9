import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { graphClient } from "../../src/graph/graph-client.ts";
import { textResponse } from "../../src/http.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const call = {
	method: "GET",
	path: "/1",
	parameters: {},
	token: "page",
	read: (answer: object) => answer,
} as const;

const limited = (minutes?: number) =>
	textResponse(
		400,
		'{"error":{"message":"slow down","code":80002}}',
		minutes === undefined
			? []
			: [
					[
						"X-Business-Use-Case-Usage",
						JSON.stringify({
							1: [
								{
									type: "instagram",
									estimated_time_to_regain_access: minutes,
								},
							],
						}),
					],
				],
	);

/** Meta refuses so many calls, then answers. */
async function limitedMeta(
	refusals: (number | undefined)[],
	{ wait = true, change = (world: ReturnType<Machine["world"]>) => world } = {},
) {
	const machine = createMachine({
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		IGWH_PAGE_TOKEN: "EAAPAGE",
	});
	const asked: number[] = [];
	const start = machine.clock.elapsed();
	await machine.serve(
		async () => {
			asked.push(Math.round((machine.clock.elapsed() - start) / 60_000));
			return refusals.length > 0
				? limited(refusals.shift())
				: textResponse(200, '{"id":"1"}');
		},
		{ port: 7302, maxBodyBytes: 1e6 },
	);
	const notes: string[] = [];
	const progress: string[] = [];
	const inner = machine.world();
	const world = change({
		...inner,
		terminal: {
			...inner.terminal,
			note: (text) => notes.push(text),
			progress: (text) => progress.push(text),
		},
	});
	const config = await loadConfig({ wait }, world, {});
	return { graph: graphClient(config, world), asked, notes, progress };
}

test("a limit is waited out for as long as Meta says, again and again", async () => {
	const { graph, asked, notes, progress } = await limitedMeta([12, 1]);
	expect(await graph(call)).toEqual({ id: "1" });
	expect(asked).toEqual([0, 12, 13]);
	expect(notes).toEqual([
		"igwh: Meta's rate limit is reached (code 80002): waiting 12 minutes, then continuing",
		"igwh: Meta's rate limit is reached (code 80002): waiting 1 minute, then continuing",
	]);
	expect(progress[0]).toBe("rate limit: continuing in 12:00");
	expect(progress[719]).toBe("rate limit: continuing in 0:01");
	expect(progress.at(-1)).toBe("");
});

test("one whose length Meta does not say is asked about for an hour", async () => {
	const refusals = Array<undefined>(9).fill(undefined);
	const { graph, asked } = await limitedMeta(refusals);
	await expect(graph(call)).rejects.toMatchObject({ code: "rate-limit" });
	expect(asked).toEqual([0, 15, 30, 45, 60]);
});

test("calls at once wait for the same limit", async () => {
	const { graph, asked, notes } = await limitedMeta([3, 3, 3]);
	await Promise.all([graph(call), graph(call), graph(call)]);
	expect(asked).toEqual([0, 0, 0, 3, 3, 3]);
	expect(notes).toHaveLength(1);
});

test("without --wait the refusal is thrown at once", async () => {
	const { graph, asked } = await limitedMeta([12], { wait: false });
	await expect(graph(call)).rejects.toMatchObject({
		code: "rate-limit",
		hint: "wait 12 minutes, then run the command again; --wait does both",
	});
	expect(asked).toEqual([0]);
});

test("Ctrl-C ends the wait, and no call follows", async () => {
	const interruption = new AbortController();
	const { graph, asked } = await limitedMeta([12], {
		change: (world) => ({
			...world,
			interrupt: interruption.signal,
			clock: {
				...world.clock,
				sleep: async (milliseconds, signal) => {
					await world.clock.sleep(milliseconds, signal);
					interruption.abort();
				},
			},
		}),
	});
	const calls = await Promise.allSettled([graph(call), graph(call)]);
	expect(calls).toMatchObject([
		{
			status: "rejected",
			reason: { code: "interrupted", affectsEveryCall: true },
		},
		{ status: "fulfilled" },
	]);
	expect(asked).toEqual([0, 0]);
});
