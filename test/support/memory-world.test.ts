import { describe, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import type { OutgoingRequest } from "../../src/world.ts";
import type { Fault } from "./memory-network.ts";
import { createMachine } from "./memory-world.ts";
import { sandboxWorld } from "./sandbox-world.ts";

const request = {
	method: "POST",
	url: "http://127.0.0.1:7300/x",
	headers: [],
	body: Buffer.from("hi"),
	timeoutMs: 3000,
} satisfies OutgoingRequest;

/** A machine with a server on port 7300, and what it received. */
async function served(answer = async () => textResponse(200, "ok")) {
	const machine = createMachine();
	const received: string[] = [];
	const server = await machine.serve(
		({ target }) => {
			received.push(target);
			return answer();
		},
		{ port: 7300, maxBodyBytes: 100 },
	);
	return { machine, received, server, ...machine.world() };
}

const never = () => new Promise<never>(() => {});
const late = "127.0.0.1:7300 did not answer within 3 s";
const cut = "127.0.0.1:7300 closed the connection without a complete answer";

describe("a request in memory", () => {
	test.each<[Fault | undefined, string, number, number]>([
		[undefined, "200", 0, 1],
		["refused", "nothing listens at 127.0.0.1:7300", 0, 0],
		["reset", cut, 0, 0],
		["hang", late, 3000, 0],
		["answer lost", cut, 0, 1],
		["answer hangs", late, 3000, 1],
		[{ delayMs: 2999 }, "200", 2999, 1],
		[{ delayMs: 3001 }, late, 3000, 1],
	])("with the fault %j: %s", async (fault, outcome, ms, effects) => {
		const { machine, received, network, clock } = await served();
		if (fault) machine.injectFault(fault, { url: "/x", times: 1 });
		const began = clock.now();
		const answer = await network.send(request).then(
			({ status }) => String(status),
			({ message }) => message,
		);
		expect([answer, clock.now() - began, received.length]).toEqual([
			outcome,
			ms,
			effects,
		]);
		expect((await network.send(request)).status).toBe(200);
	});

	test("ends when its server hangs, when its signal aborts, when its server closes", async () => {
		const { network, clock, server } = await served(never);
		await expect(network.send(request)).rejects.toThrow(late);
		const stop = new AbortController();
		const stopped = network.send({ ...request, signal: stop.signal });
		stop.abort();
		await expect(stopped).rejects.toMatchObject({ kind: "timeout" });
		const before = clock.now();
		const open = network.send({ ...request, timeoutMs: 60_000 });
		void server.close();
		await expect(open).rejects.toThrow(cut);
		expect(clock.now() - before).toBe(2000);
	});

	test("takes its time over the body, and is not delivered where that is too long", async () => {
		const { network, received } = await served();
		await expect(
			network.send({ ...request, bodyMs: 3001 }),
		).rejects.toMatchObject({ kind: "timeout" });
		expect(received).toEqual([]);
		expect((await network.send({ ...request, bodyMs: 2999 })).status).toBe(200);
	});

	test("many in a row take no time", async () => {
		const { network, clock } = await served(async () => {
			for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
			return textResponse(200, "");
		});
		const began = clock.now();
		for (let count = 0; count < 20; count++) await network.send(request);
		expect(clock.now()).toBe(began);
	});
});

test("a tunnel ends with its requests, and leads nowhere once its port is closed", async () => {
	const { machine, network, server } = await served(never);
	const tunnel = await network.openTunnel({
		port: 7300,
		host: "https://tunnels.test",
		timeoutMs: 1000,
	});
	const waiting = network.send({ ...request, url: tunnel.url });
	machine.tunnels[0]?.lose("gone");
	await expect(waiting).rejects.toMatchObject({ kind: "failed" });
	await expect(tunnel.lost).resolves.toBe("gone");
	await server.close();
	machine.injectFault("hang", { url: "https://tunnels.test" });
	await expect(
		network.openTunnel({
			port: 7300,
			host: "https://tunnels.test",
			timeoutMs: 1000,
		}),
	).rejects.toThrow("tunnels.test did not answer within 1 s");
	expect(machine.leftOpen()).toEqual([]);
});

test("a program that hangs is ended by its time limit, and by a signal", async () => {
	const { processes } = createMachine().world({ programs: { hang: never } });
	const limit = { input: "", timeoutMs: 500 };
	expect(await processes.run("hang", limit)).toMatchObject({
		code: 137,
		timedOut: true,
	});
	const stop = new AbortController();
	const running = processes.run("hang", { ...limit, signal: stop.signal });
	stop.abort();
	expect(await running).toMatchObject({ code: 137, timedOut: false });
});

test("a print waits for a reader that does not read, and what is open is known", async () => {
	const machine = createMachine({ IGWH_APP_SECRET: "s" });
	const listener = await machine.start(
		"listen --json --no-tunnel --timeout 60s",
	);
	expect(machine.leftOpen()).toEqual([
		".igwh/igwh.db",
		"http://127.0.0.1:7300",
	]);
	listener.stdout.block();
	expect(await machine.run("replay mentions --to 7300")).toMatchObject({
		code: 0,
	});
	await machine.clock.sleep(1000);
	expect(listener.printed()).not.toContain("d1");
	expect(listener.stdout.waiting()).toBe(1);
	listener.stdout.drain();
	await listener.until("d1");
	await listener.stop();
	expect(machine.leftOpen()).toEqual([]);
});

test("the sandbox's world has time limits too", async () => {
	const { world, receivers } = sandboxWorld();
	receivers.set("http://127.0.0.1:7300", never);
	const began = world.clock.now();
	await expect(world.network.send(request)).rejects.toMatchObject({
		kind: "timeout",
	});
	expect(world.clock.now() - began).toBe(3000);
	receivers.set("http://127.0.0.1:7300", async () => {
		await world.clock.sleep(2999);
		return textResponse(200, "");
	});
	expect((await world.network.send(request)).status).toBe(200);
});
