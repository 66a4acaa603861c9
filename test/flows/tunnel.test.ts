import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import type { World } from "../../src/world.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const env = { IGWH_APP_SECRET: "secret", IGWH_APP_ID: "1" };

/** A way of the user's own that leads to port 7300. */
function leadHere(machine: Machine, origin: string): void {
	machine.handlers.set(origin, {
		handler: async (request) => {
			const local = machine.handlers.get("http://127.0.0.1:7300");
			return local ? local.handler(request) : textResponse(502, "");
		},
		limit: 1_000_000,
	});
}

const tunnelRecords = (records: Record<string, unknown>[]) =>
	records
		.filter(({ type }) => type === "tunnel")
		.map(({ state, url, reason }) => [state, url, ...(reason ? [reason] : [])]);

async function listening(machine: Machine, flags = "") {
	const listener = await machine.start(`igwh listen --json ${flags}`);
	await listener.until('"ready"');
	return listener;
}

test("a lost tunnel is reopened under its name, however long that takes", async () => {
	const machine = createMachine(env);
	const listener = await listening(machine, "--subdomain mine");
	machine.tunnels[0]?.lose("connection refused");
	await listener.until("reopened");
	const { records, code } = await listener.stop();
	expect(code).toBe(130);
	expect(tunnelRecords(records)).toEqual([
		["open", "https://mine.loca.test"],
		["lost", "https://mine.loca.test", "connection refused"],
		["reopened", "https://mine.loca.test"],
	]);
	expect(records[0]).toMatchObject({
		type: "ready",
		publicUrl: "https://mine.loca.test",
		callbackUrl: "https://mine.loca.test/webhook",
	});
});

test("a tunnel that looks alive but fails its health checks is noticed within a minute", async () => {
	const machine = createMachine(env);
	const listener = await listening(machine);
	const began = machine.clock.now();
	machine.handlers.delete("https://tunnel-1.loca.test");
	await listener.until('"lost"');
	expect(machine.clock.now() - began).toBeLessThan(60_000);
	await listener.until("reopened");
	expect(tunnelRecords((await listener.stop()).records)).toEqual([
		["open", "https://tunnel-1.loca.test"],
		[
			"lost",
			"https://tunnel-1.loca.test",
			"health checks fail: nothing listens at tunnel-1.loca.test",
		],
		["reopened", "https://tunnel-1.loca.test"],
	]);
});

test("a URL of one's own is watched, and said to be back", async () => {
	const machine = createMachine(env);
	leadHere(machine, "https://own.example");
	const listener = await machine.start(
		"igwh listen --json --port 7300 --public-url https://own.example/webhook/",
	);
	await listener.until('"ready"');
	machine.handlers.delete("https://own.example");
	await listener.until('"lost"');
	leadHere(machine, "https://own.example");
	await listener.until("reopened");
	const { records } = await listener.stop();
	expect(records.find(({ type }) => type === "ready")).toMatchObject({
		callbackUrl: "https://own.example/webhook",
	});
});

test.each([
	["is somebody else's", 200, "another server answered with 200"],
	["fails", 502, "another server answered with 502"],
])(
	"a public URL that %s is a failure before the ready line",
	async (_, status, reason) => {
		const machine = createMachine(env);
		machine.handlers.set("https://own.example", {
			handler: async () => textResponse(status, "hello"),
			limit: 1000,
		});
		expect(
			await machine.run("igwh listen --public-url https://own.example"),
		).toMatchObject({
			code: 5,
			out: "",
			err: `igwh: https://own.example does not reach this listener: ${reason}\n  forward it to this port, use another address with --public-url or --tunnel-host, or skip this check with --no-check`,
		});
	},
);

test("--no-check takes the public URL on trust", async () => {
	const machine = createMachine(env);
	const listener = await listening(
		machine,
		"--public-url https://own.example --no-check",
	);
	expect((await listener.stop()).records[0]).toMatchObject({
		publicUrl: "https://own.example",
	});
});

test("no tunnel at all is exit 5, with the other ways", async () => {
	const failing = (world: World): World => ({
		...world,
		network: {
			...world.network,
			openTunnel: async () => {
				throw new IgwhError("tunnel", "no tunnel", "use --public-url");
			},
		},
	});
	expect(
		await createMachine(env).run("igwh listen", {}, failing),
	).toMatchObject({
		code: 5,
		out: "",
		err: "igwh: no tunnel\n  use --public-url",
	});
});

const ngrok = (tunnels: object[]) => ({
	handler: async () => textResponse(200, JSON.stringify({ tunnels })),
	limit: 1000,
});

test("an ngrok agent that leads here is found by itself", async () => {
	const machine = createMachine(env);
	machine.handlers.set(
		"http://127.0.0.1:4040",
		ngrok([
			{
				public_url: "tcp://0.tcp.example:1",
				config: { addr: "localhost:7300" },
			},
			{
				public_url: "https://a.ngrok.example",
				config: { addr: "http://localhost:7300" },
			},
		]),
	);
	leadHere(machine, "https://a.ngrok.example");
	const listener = await listening(machine, "--port 7300");
	expect((await listener.stop()).records[0]).toMatchObject({
		callbackUrl: "https://a.ngrok.example/webhook",
	});
	expect(machine.tunnels).toEqual([]);
});

test("an ngrok agent that leads elsewhere is named", async () => {
	const machine = createMachine(env);
	machine.handlers.set(
		"http://127.0.0.1:4040",
		ngrok([
			{
				public_url: "https://a.ngrok.example",
				config: { addr: "http://localhost:3000" },
			},
		]),
	);
	const listener = await listening(machine, "--port 7300");
	const { err, records } = await listener.stop();
	expect(err).toContain(
		"forwards to port 3000; to use it: igwh listen --port 3000",
	);
	expect(records[0]).toMatchObject({ publicUrl: "https://tunnel-1.loca.test" });
});
