import { expect, test } from "vitest";
import {
	type Handler,
	type ServedResponse,
	textResponse,
} from "../../src/http.ts";
import type { FaultTarget } from "../support/memory-network.ts";
import {
	createMachine,
	type Machine,
	type Outcome,
} from "../support/memory-world.ts";

/** A machine with a sandbox, a listener and an app on port 3000. */
async function prepare(): Promise<Machine> {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox");
	await machine.start("listen --port 7300");
	await machine.serve(async () => textResponse(200, "ok"), {
		port: 3000,
		maxBodyBytes: 1e6,
	});
	return machine;
}

/** Listens until a while later. */
const listenFor = (ms: number, flags: string, meanwhile = async () => {}) => {
	return async (machine: Machine): Promise<Outcome> => {
		const listener = await machine.start(`listen --port 7310 --json ${flags}`);
		await listener.until('"ready"');
		await machine.run("replay mentions --to 7310");
		await meanwhile();
		await machine.clock.sleep(ms);
		return listener.stop();
	};
};

const ngrok = JSON.stringify({
	tunnels: [
		{
			public_url: "https://a.ngrok.example",
			config: { addr: "http://localhost:7310" },
		},
	],
});

/** A request that may take so long; what is seen where its answer takes less, and more. */
const limits: {
	name: string;
	ms: number;
	slow: FaultTarget;
	run: string | ((machine: Machine) => Promise<Outcome>);
	before?: (machine: Machine) => Promise<unknown>;
	patient: RegExp;
	strikes: RegExp;
}[] = [
	{
		name: "a Graph call",
		ms: 30_000,
		slow: { url: "subscriptions" },
		run: "subscribe --list",
		patient: /^0 /,
		strikes: /^5 [\s\S]*127.0.0.1:7302 did not answer within 30 s/,
	},
	{
		name: "a delivery sent",
		ms: 30_000,
		slow: { url: ":7300", method: "POST" },
		run: "replay mentions --to 7300",
		patient: /^0 /,
		strikes: /^5 [\s\S]*did not answer within 30 s/,
	},
	{
		name: "a delivery sent like Meta",
		ms: 5000,
		slow: { url: ":7300", method: "POST", times: 1 },
		run: "replay mentions --to 7300 --like-meta --retry-speed 1000",
		patient: /^0 (?![\s\S]*did not answer)/,
		strikes: /^0 [\s\S]*did not answer within 5 s/,
	},
	{
		name: "a delivery sent slowly",
		ms: 30_000,
		slow: { url: ":7300", method: "POST" },
		run: "replay mentions --to 7300 --slow 10000",
		patient: /^0 /,
		strikes: /^5 [\s\S]*did not answer within 40 s/,
	},
	{
		name: "a delivery forwarded",
		ms: 30_000,
		slow: { url: ":3000" },
		run: listenFor(31_000, "--forward 3000 --ack-first"),
		patient: /"status":200,"ms":29999/,
		strikes:
			/"status":504,"ms":30000,"problem":"timeout","hint":"127.0.0.1:3000 did not answer within 30 s"/,
	},
	{
		name: "the search for a running listener",
		ms: 2000,
		slow: { method: "HEAD" },
		run: "replay mentions",
		patient: /^0 /,
		strikes: /^5 [\s\S]*127.0.0.1:7300 did not answer within 2 s/,
	},
	{
		name: "the search for a sandbox",
		ms: 2000,
		slow: { url: "sandbox/ping" },
		run: "subscribe --list",
		patient: /^0 /,
		strikes: /^5 [\s\S]*127.0.0.1:7302 did not answer within 2 s/,
	},
	{
		name: "a trigger",
		ms: 60_000,
		slow: { url: "sandbox/trigger" },
		before: (machine) =>
			machine.run("subscribe --all --callback http://127.0.0.1:7300/webhook"),
		run: "trigger mentions",
		patient: /^0 /,
		strikes:
			/^5 [\s\S]*no sandbox is running: 127.0.0.1:7302 did not answer within 60 s/,
	},
	{
		name: "the sandbox's delivery",
		ms: 5000,
		slow: { url: ":7300", method: "POST", times: 1 },
		before: (machine) =>
			machine.run("subscribe --all --callback http://127.0.0.1:7300/webhook"),
		run: async (machine) => {
			await machine.run("trigger mentions");
			await machine.clock.sleep(120_000);
			return machine.run("events --json --duplicates");
		},
		patient: /^0 $/m,
		strikes: /^0 [\s\S]*"duplicateOf":"d1"/,
	},
	{
		name: "the sandbox's handshake",
		ms: 5000,
		slow: { url: "hub.challenge" },
		run: "subscribe --all --callback http://127.0.0.1:7300/webhook",
		patient: /^0 /,
		strikes: /^6 [\s\S]*2200/,
	},
	{
		name: "a handshake before a callback is replaced",
		ms: 10_000,
		slow: { url: ":7300.*hub.challenge", times: 1 },
		before: (machine) =>
			machine.run("subscribe --callback http://127.0.0.1:7300/webhook"),
		run: listenFor(0, "--subscribe"),
		patient: /"restorable":true/,
		strikes: /"restorable":false,"reason":"[^"]*did not answer within 10 s/,
	},
	{
		name: "the search for ngrok",
		ms: 1000,
		slow: { url: ":4040" },
		before: async (machine) => {
			machine.handlers.set("http://127.0.0.1:4040", {
				handler: async () => textResponse(200, ngrok),
				limit: 1000,
			});
			machine.handlers.set("https://a.ngrok.example", {
				handler: async (request) =>
					machine.handlers
						.get("http://127.0.0.1:7310")
						?.handler(request) as never,
				limit: 1e6,
			});
		},
		run: listenFor(0, "--tunnel"),
		patient: /"publicUrl":"https:\/\/a\.ngrok\.example"/,
		strikes: /"publicUrl":"https:\/\/tunnel-1\.loca\.test"/,
	},
	{
		name: "a probe of verify",
		ms: 5000,
		slow: { url: ":7300", method: "POST", times: 1 },
		run: "verify 7300 --only delivery.in-time",
		patient: /^0 [\s\S]*answered in 4999 ms, more than half/,
		strikes: /^3 [\s\S]*no answer within 5 s/,
	},
	{
		name: "a probe of verify with a time of its own",
		ms: 2000,
		slow: { url: ":7300", method: "POST", times: 1 },
		run: "verify 7300 --only delivery.in-time --timeout 2",
		patient: /^0 [\s\S]*answered in 1999 ms, more than half/,
		strikes: /^3 [\s\S]*no answer within 2 s/,
	},
];

test.each(limits)(
	"$name may take $ms ms, and no more",
	async ({ ms, slow, run, before, patient, strikes }) => {
		for (const [delayMs, seen] of [
			[ms - 1, patient],
			[ms + 1, strikes],
		] as const) {
			const machine = await prepare();
			await before?.(machine);
			machine.injectFault({ delayMs }, slow);
			const { code, out, err } =
				typeof run === "string" ? await machine.run(run) : await run(machine);
			expect(`${code} ${out}\n${err}`).toMatch(seen);
		}
	},
);

test.each([
	[29_999, /✓ answered/],
	[30_001, /bot gave no answer within 30 s/],
])("a program that answers after %i ms", async (ms, seen) => {
	const machine = await prepare();
	const listener = await machine.start("listen --port 7310 --reply-with bot", {
		programs: {
			bot: async () => {
				await machine.clock.sleep(ms);
				return { stdout: "hi" };
			},
		},
	});
	await listener.until("Listening");
	await machine.run("replay mentions --to 7310");
	await machine.clock.sleep(31_000);
	expect((await listener.stop()).out).toMatch(seen);
});

test.each([
	[1999, 200],
	[2001, undefined],
])(
	"a delivery that is under way for %i ms when its listener ends",
	async (delayMs, status) => {
		const machine = await prepare();
		const listener = await machine.start(
			"listen --port 7310 --json --forward 3000",
		);
		machine.injectFault({ delayMs }, { url: ":3000" });
		void machine.run("replay mentions --to 7310");
		while (!machine.sent.some(({ url }) => url.includes(":3000")))
			await new Promise(setImmediate);
		const began = machine.clock.now();
		const { records } = await listener.stop();
		const delivery = records.find(({ type }) => type === "delivery");
		expect((delivery?.forward as { status?: number })?.status).toBe(status);
		expect(machine.clock.now() - began).toBeLessThanOrEqual(2001);
	},
);

test.each([
	[1999, /challenge\?/],
	[2001, /^$/],
])(
	"a command whose call takes %i ms more when it is interrupted",
	async (delayMs, seen) => {
		const machine = await prepare();
		const interruption = new AbortController();
		machine.injectFault({ delayMs }, { url: "mentioned_comment" });
		const asked = machine.run("lookup 17894227972186120", {}, (world) => ({
			...world,
			interrupt: interruption.signal,
		}));
		while (!machine.sent.some(({ url }) => url.includes("mentioned_comment")))
			await new Promise(setImmediate);
		const began = machine.clock.now();
		interruption.abort();
		const { code, out } = await asked;
		expect(code).toBe(130);
		expect(out).toMatch(seen);
		expect(machine.clock.now() - began).toBeLessThanOrEqual(2000);
	},
);

test.each<
	[
		string,
		RegExp,
		(
			machine: Machine,
			handler: Handler<ServedResponse>,
		) => Handler<ServedResponse>,
	]
>([
	[
		"arrives just in time",
		/^0 /,
		({ clock }, handler) =>
			async (request) => {
				await clock.sleep(4999);
				return handler(request);
			},
	],
	[
		"never arrives",
		/^3 [\s\S]*showed no delivery within 5 s/,
		() => async () => textResponse(200, ""),
	],
])("the demo, where a delivery %s", async (_, seen, change) => {
	const machine = createMachine();
	const { code, out, err } = await machine.run("demo", {}, (world) => ({
		...world,
		network: {
			...world.network,
			serve: (handler, options) =>
				world.network.serve(
					(request) =>
						request.method === "POST" && request.target === "/webhook"
							? change(machine, handler)(request)
							: handler(request),
					options,
				),
		},
	}));
	expect(`${code} ${out}\n${err}`).toMatch(seen);
});
