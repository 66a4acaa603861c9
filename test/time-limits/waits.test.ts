import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import {
	captionMention,
	commentMention,
	inboxMachine,
} from "../support/inbox-machine.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const original = "http://127.0.0.1:7400/webhook";

/** A sandbox whose app has a callback, and a listener that overrides it. */
async function overridden() {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox");
	await machine.start("listen --port 7400 --home original");
	await machine.run(`subscribe --callback ${original}`);
	const listener = await machine.start("listen --port 7300 --subscribe");
	await listener.until("Listening");
	return { machine, listener };
}

async function callback(machine: Machine): Promise<unknown> {
	const { records } = await machine.run("subscribe --list --json");
	return records.find(({ target }) => target === "app")?.callbackUrl;
}

test.each([
	["just in time is another program: the listener has ended", 4999, true],
	["later may be a busy listener: it is left alone", 5001, false],
])("what answers on a listener's port %s", async (_, delayMs, restored) => {
	const { machine } = await overridden();
	const taken = await callback(machine);
	machine.handlers.delete("http://127.0.0.1:7300");
	await machine.serve(async () => textResponse(200, "another program"), {
		port: 7300,
		maxBodyBytes: 1000,
	});
	machine.injectFault({ delayMs }, { url: ":7300", method: "GET" });
	await machine.run("listen --restore");
	expect(await callback(machine)).toBe(restored ? original : taken);
});

test.each([
	["in a minute", 19_000, original],
	["no longer", 29_000, undefined],
])(
	"a listener that ends restores the callback %s",
	async (_, delayMs, expected) => {
		const { machine, listener } = await overridden();
		machine.injectFault({ delayMs }, { url: "subscriptions" });
		const began = machine.clock.now();
		const { code } = await listener.stop();
		expect(code).toBe(130);
		const took = machine.clock.now() - began;
		if (expected) {
			expect(took).toBeLessThan(60_000);
			expect(await callback(machine)).toBe(expected);
		} else expect(took).toBe(60_000);
	},
);

test("a callback that cannot follow its tunnel is tried again after 1, 5, then every 30 s", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox --allow-public-callbacks");
	const listener = await machine.start("listen --json --tunnel --subscribe");
	await listener.until('"ready"');
	const url = "http://127.0.0.1:7302";
	const graph = machine.handlers.get(url);
	const tried: number[] = [];
	machine.handlers.set(url, {
		handler: async (request) => {
			if (request.method !== "POST") return graph?.handler(request) as never;
			tried.push(machine.clock.now());
			return textResponse(500, '{"error":{"message":"down","code":2}}');
		},
		limit: 1e6,
	});
	machine.rename("tunnel-1", "renamed");
	machine.tunnels[0]?.lose("it was closed");
	await machine.clock.sleep(170_000);
	const apart = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
	expect(apart.slice(0, 4)).toEqual([1000, 5000, 30_000, 30_000]);
	machine.handlers.set(url, graph as never);
	await machine.clock.sleep(30_000);
	expect(await callback(machine)).toBe("https://renamed.loca.test/webhook");
	await listener.stop();
});

test("a public URL that failed is tried again every 5 s", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const lead = () =>
		machine.handlers.set("https://own.example", {
			handler: async (request) =>
				machine.handlers
					.get("http://127.0.0.1:7300")
					?.handler(request) as never,
			limit: 1e6,
		});
	lead();
	const listener = await machine.start(
		"listen --json --port 7300 --public-url https://own.example",
	);
	await listener.until('"ready"');
	machine.handlers.delete("https://own.example");
	await listener.until('"lost"');
	const asked = () =>
		machine.sent.filter(({ url }) => url.startsWith("https://own.example"))
			.length;
	const before = asked();
	await machine.clock.sleep(4999);
	expect(asked()).toBe(before);
	await machine.clock.sleep(2);
	expect(asked()).toBe(before + 1);
	lead();
	await machine.clock.sleep(5000);
	await listener.until("reopened");
	await listener.stop();
});

test.each([
	[59_000, 1],
	[61_000, 2],
])(
	"an account's name is asked for again after a minute, not after %i ms",
	async (ms, times) => {
		const machine = await inboxMachine();
		const listener = await machine.start(
			"listen --port 7300 --reply-with quiet",
			{ programs: { quiet: async () => ({ stdout: "" }) } },
		);
		await listener.until("Listening");
		const mention = async (change: object) => {
			await machine.run("replay - --to 7300", {
				stdin: JSON.stringify({
					object: "instagram",
					entry: [
						{
							id: "17841405726653026",
							time: 1_760_000_000,
							changes: [change],
						},
					],
				}),
			});
			await machine.clock.sleep(500);
		};
		await mention(commentMention);
		await machine.clock.sleep(ms);
		await mention(captionMention);
		await listener.stop();
		expect(
			machine.sent.filter(({ url }) => /fields=username&/.test(url)),
		).toHaveLength(times);
	},
);
