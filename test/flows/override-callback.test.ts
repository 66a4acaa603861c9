import { expect, test } from "vitest";
import {
	bodyText,
	type Handler,
	type HttpRequest,
	type HttpResponse,
	textResponse,
} from "../../src/http.ts";
import {
	UnreachableError,
	UnwritableError,
	type World,
} from "../../src/world.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const env = { IGWH_SANDBOX: "1" };
const hosted = "https://hosted.example/hook";

/** Someone else's endpoint, with a verify token of its own. */
function host(machine: Machine, token = "hosted-token"): void {
	machine.handlers.set("https://hosted.example", {
		handler: async ({ target }) => {
			const query = new URLSearchParams(target.split("?")[1]);
			return query.get("hub.verify_token") === token
				? textResponse(200, query.get("hub.challenge") ?? "")
				: textResponse(403, "no");
		},
		limit: 1_000_000,
	});
}

/** A machine with a sandbox whose app is subscribed elsewhere. */
async function subscribedElsewhere() {
	const machine = createMachine(env);
	const sandbox = await machine.start("igwh sandbox --allow-public-callbacks");
	await sandbox.until("The sandbox is");
	host(machine);
	expect(
		await machine.run(
			`igwh subscribe --callback ${hosted} --instagram-fields comments --verify-token hosted-token`,
		),
	).toMatchObject({ code: 0 });
	return { machine, sandbox };
}

const current = async (machine: Machine) => {
	const { records } = await machine.run("igwh subscribe --list --json");
	const app = records.find(({ target }) => target === "app");
	return [app?.callbackUrl, app?.fields];
};

const types = (records: Record<string, unknown>[]) =>
	records.map(({ type, callbackUrl }) => [type, callbackUrl]);

test("the callback is overridden, and restored with its fields on Ctrl-C", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const listener = await machine.start(
		"igwh listen --json --subscribe --restore-verify-token hosted-token --instagram-fields mentions",
	);
	await listener.until('"ready"');
	expect(await current(machine)).toEqual([
		"http://127.0.0.1:7300/webhook",
		["comments", "mentions"],
	]);
	const { code, records } = await listener.stop();
	expect(code).toBe(130);
	expect(types(records)).toEqual([
		["replacing", "http://127.0.0.1:7300/webhook"],
		["subscription", "http://127.0.0.1:7300/webhook"],
		["ready", "http://127.0.0.1:7300/webhook"],
		["handshake", undefined],
		["subscription", hosted],
		["summary", undefined],
	]);
	expect(records[0]).toMatchObject({
		previousCallbackUrl: hosted,
		previousFields: ["comments"],
		restorable: true,
	});
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await sandbox.stop();
});

test("a store that cannot be written any more keeps no callback from going back", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	let full = false;
	const listener = await machine.start(
		"igwh listen --json --subscribe --restore-verify-token hosted-token",
		{},
		(world) => ({
			...world,
			openDatabase: async (path) => {
				const database = await world.openDatabase(path);
				const write =
					<A extends unknown[], R>(work: (...given: A) => R) =>
					(...given: A): R => {
						if (full) throw new UnwritableError("the disk is full", "");
						return work(...given);
					};
				return {
					...database,
					run: write(database.run),
					transaction: write(
						database.transaction,
					) as typeof database.transaction,
				};
			},
		}),
	);
	await listener.until('"ready"');
	full = true;
	const { code, records, err } = await listener.stop();
	expect(code).toBe(130);
	expect(types(records).at(-2)).toEqual(["subscription", hosted]);
	expect(err).toContain(
		"the callback is restored, but its record remains, and the next igwh listen checks it again: the disk is full",
	);
	const next = await machine.run(
		"igwh listen --restore --restore-verify-token hosted-token",
	);
	expect(next).toMatchObject({ code: 0 });
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	expect(
		(await machine.run("igwh listen --restore --json")).records,
	).toHaveLength(0);
	await sandbox.stop();
});

test("an app without a subscription has none again afterwards", async () => {
	const machine = createMachine(env);
	const sandbox = await machine.start("igwh sandbox --allow-public-callbacks");
	await sandbox.until("The sandbox is");
	const listener = await machine.start("igwh listen --subscribe --until 1");
	await listener.until("Listening");
	await machine.run("igwh replay mentions");
	const { code, out } = await listener.ended;
	expect(code).toBe(0);
	expect(out).toContain("sends nothing any more");
	expect(await current(machine)).toEqual([undefined, []]);
	await sandbox.stop();
});

test.each<[string, string, RegExp, (machine: Machine) => void]>([
	[
		"whose token is another one",
		"--restore-verify-token wrong",
		/it cannot be restored on exit: it answers the handshake with 403/,
		() => {},
	],
	[
		"that answers no more",
		"--restore-verify-token hosted-token",
		/it cannot be restored on exit: nothing listens at hosted\.example/,
		(machine) => machine.handlers.delete("https://hosted.example"),
	],
])(
	"a callback %s: said before, and how to put it back later",
	async (_, flags, said, change) => {
		const { machine, sandbox } = await subscribedElsewhere();
		change(machine);
		const listener = await machine.start(`igwh listen --subscribe ${flags}`);
		await listener.until("Listening");
		const { code, out, err } = await listener.stop();
		expect(out).toMatch(said);
		expect(out.search(said)).toBeLessThan(out.search("Listening"));
		expect(code).toBe(6);
		expect(err).toContain(
			`the callback ${hosted} could not be restored: Meta refused`,
		);
		expect(err).toContain(
			"once it answers, run: igwh listen --restore --sandbox --restore-verify-token <its verify token>",
		);
		host(machine);
		expect(
			await machine.run(
				"igwh listen --restore --sandbox --restore-verify-token hosted-token",
			),
		).toMatchObject({ code: 0, out: expect.stringContaining(hosted) });
		expect(await current(machine)).toEqual([hosted, ["comments"]]);
		expect(await machine.run("igwh listen --restore")).toMatchObject({
			code: 0,
			err: "there is no callback to restore",
		});
		await sandbox.stop();
	},
);

test("the command for later repeats what was given by flag", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const flags = "--home elsewhere --graph-url http://127.0.0.1:7302";
	const listener = await machine.start(
		`igwh listen --subscribe ${flags} --restore-verify-token wrong`,
	);
	await listener.until("Listening");
	expect((await listener.stop()).err).toContain(
		`igwh listen --restore --sandbox ${flags} --restore-verify-token`,
	);
	await sandbox.stop();
});

test("a person may still say no, and nothing is changed", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const { code, err, asked } = await machine.run(
		"igwh listen --subscribe --restore-verify-token wrong",
		{ answers: [false] },
	);
	expect([code, asked]).toEqual([2, ["Replace it anyway?"]]);
	expect(err).toContain("nothing was changed");
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await sandbox.stop();
});

test("what a crash left behind is repaired at the next start", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const crashed = await machine.start(
		"igwh listen --subscribe --restore-verify-token hosted-token",
	);
	await crashed.until("Listening");
	const second = await machine.run("igwh listen --subscribe --port 7400");
	expect([second.code, second.err.split("\n")[0]]).toEqual([
		2,
		"igwh: another listener of this store holds the app's callback",
	]);
	// It is gone from one moment to the next: nothing of it runs any more.
	machine.handlers.delete("http://127.0.0.1:7300");
	expect((await current(machine))[0]).toBe("http://127.0.0.1:7300/webhook");
	const next = await machine.start(
		"igwh listen --json --port 7400 --restore-verify-token hosted-token",
	);
	await next.until('"ready"');
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await next.stop();
	await crashed.stop();
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await sandbox.stop();
});

test("a callback that someone set meanwhile stays", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const listener = await machine.start("igwh listen --subscribe");
	await listener.until("Listening");
	machine.handlers.set(
		"https://other.example",
		machine.handlers.get("https://hosted.example") as never,
	);
	await machine.run(
		"igwh subscribe --callback https://other.example/hook --verify-token hosted-token",
	);
	expect((await listener.stop()).code).toBe(130);
	expect((await current(machine))[0]).toBe("https://other.example/hook");
	await sandbox.stop();
});

test("the callback follows the tunnel to another address", async () => {
	const { machine, sandbox } = await subscribedElsewhere();
	const listener = await machine.start(
		"igwh listen --json --tunnel --subscribe --restore-verify-token hosted-token",
	);
	await listener.until('"ready"');
	expect((await current(machine))[0]).toBe(
		"https://tunnel-1.loca.test/webhook",
	);
	machine.rename("tunnel-1", "renamed");
	machine.tunnels[0]?.lose("it was closed");
	// The old name is asked for during a minute.
	await machine.clock.sleep(70_000);
	await listener.until(/"subscription".*renamed\.loca\.test/);
	expect((await current(machine))[0]).toBe("https://renamed.loca.test/webhook");
	await listener.stop();
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await sandbox.stop();
});

async function listenerByHand(flags: string) {
	const { machine, sandbox } = await subscribedElsewhere();
	const graph = machine.handlers.get("http://127.0.0.1:7302");
	machine.handlers.set("http://127.0.0.1:7302", {
		handler: async (request) =>
			request.method === "POST"
				? textResponse(
						400,
						'{"error":{"message":"(#100) object must be one of user, page","code":100}}',
					)
				: (graph?.handler(request) ?? textResponse(500, "")),
		limit: 1_000_000,
	});
	const listener = await machine.start(`igwh listen --subscribe ${flags}`);
	await listener.until("waiting for Meta's handshake");
	return { machine, sandbox, listener };
}

test("where Meta does not let the API do it, it is done by hand", async () => {
	const { machine, sandbox, listener } = await listenerByHand("");
	await machine.handlers.get("http://127.0.0.1:7300")?.handler({
		method: "GET",
		target:
			"/webhook?hub.mode=subscribe&hub.challenge=1&hub.verify_token=igwh-sandbox-verify-token",
		headers: [],
		body: Buffer.from(""),
	});
	await listener.until("Listening");
	const { code, out } = await listener.stop();
	expect(code).toBe(130);
	expect(out).toMatch(
		/by hand {2}Meta refused .*object must be one of[\s\S]*callback URL {2}http:\/\/127\.0\.0\.1:7300\/webhook\n {2}verify token {2}igwh-sandbox-verify-token/,
	);
	await sandbox.stop();
});

test.each([
	["--timeout ends it", "--timeout 30s", 0],
	["--timeout ends it as failed, with --until", "--until 1 --timeout 30s", 3],
])("while it waits to be done by hand, %s", async (_, flags, code) => {
	const { machine, sandbox, listener } = await listenerByHand(flags);
	await machine.clock.sleep(30_000);
	const ended = await listener.ended;
	expect(ended.code).toBe(code);
	expect(ended.out).not.toContain("Listening");
	expect(ended.err).toContain("again in the App Dashboard");
	await sandbox.stop();
});

test("while it waits to be done by hand, --until ends it", async () => {
	const { machine, sandbox, listener } = await listenerByHand("--until 1");
	await machine.run("igwh replay mentions");
	const { code, out } = await listener.ended;
	expect(code).toBe(0);
	expect(out).toContain("mentions");
	expect(out).not.toContain("Listening");
	await sandbox.stop();
});

/** The sandbox's Graph API, with one answer changed. */
function changeGraph(
	machine: Machine,
	change: (
		request: HttpRequest,
		graph: Handler,
	) => Promise<HttpResponse> | undefined,
): void {
	const url = "http://127.0.0.1:7302";
	const { handler } = machine.handlers.get(url) as { handler: Handler };
	machine.handlers.set(url, {
		handler: (request) => change(request, handler) ?? handler(request),
		limit: 1_000_000,
	});
}

/** A listener that was killed: its port answers otherwise, or not at all. */
async function crashedListener(machine: Machine) {
	const crashed = await machine.start(
		"igwh listen --subscribe --restore-verify-token hosted-token",
	);
	await crashed.until("Listening");
	machine.handlers.delete("http://127.0.0.1:7300");
	return crashed;
}

const plainListener =
	"igwh listen --json --port 7400 --restore-verify-token hosted-token";

test("another program's 200 on the old port does not count as the listener", async () => {
	const { machine } = await subscribedElsewhere();
	await crashedListener(machine);
	await machine.serve(async () => textResponse(200, "hello"), {
		port: 7300,
		maxBodyBytes: 1000,
	});
	const next = await machine.start(plainListener);
	await next.until('"ready"');
	expect(await current(machine)).toEqual([hosted, ["comments"]]);
	await next.stop();
});

test("a listener that does not answer in time may still run: nothing is touched", async () => {
	const { machine } = await subscribedElsewhere();
	await crashedListener(machine);
	const slow = (world: World): World => ({
		...world,
		network: {
			...world.network,
			send: async (request) => {
				if (request.url.includes("igwh.health"))
					throw new UnreachableError("timeout", "no answer within 5 s");
				return world.network.send(request);
			},
		},
	});
	const { code, err } = await machine.run(
		"igwh listen --restore --restore-verify-token hosted-token",
		{},
		slow,
	);
	expect([code, err]).toEqual([
		2,
		expect.stringContaining("127.0.0.1:7300 does not answer"),
	]);
	expect((await current(machine))[0]).toBe("http://127.0.0.1:7300/webhook");
});

test("a record is found whatever the spelling of the Graph URL", async () => {
	const { machine } = await subscribedElsewhere();
	await crashedListener(machine);
	expect(
		await machine.run(
			"igwh listen --restore --graph-url HTTP://LOCALHOST:7302/ --restore-verify-token hosted-token",
			{},
			(world) => ({
				...world,
				network: {
					...world.network,
					send: (request) =>
						world.network.send({
							...request,
							url: request.url.replace(/localhost/i, "127.0.0.1"),
						}),
					call: (request) =>
						world.network.call({
							...request,
							url: request.url.replace(/localhost/i, "127.0.0.1"),
						}),
				},
			}),
		),
	).toMatchObject({ code: 0 });
	expect((await current(machine))[0]).toBe(hosted);
});

test("`--restore` leaves a running listener alone", async () => {
	const { machine } = await subscribedElsewhere();
	const listener = await machine.start(
		"igwh listen --subscribe --restore-verify-token hosted-token",
	);
	await listener.until("Listening");
	const { code, err } = await machine.run("igwh listen --restore");
	expect([code, err]).toEqual([
		2,
		expect.stringContaining("another listener of this store"),
	]);
	expect((await current(machine))[0]).toBe("http://127.0.0.1:7300/webhook");
	await listener.stop();
	expect((await current(machine))[0]).toBe(hosted);
});

test("Ctrl-C before the override leaves the callback as it was", async () => {
	const { machine } = await subscribedElsewhere();
	let posts = 0;
	const interruption = new AbortController();
	changeGraph(machine, ({ method }) => {
		if (method === "POST") posts += 1;
		else interruption.abort();
		return undefined;
	});
	const { code } = await machine.run(
		"igwh listen --subscribe --restore-verify-token hosted-token",
		{},
		(world) => ({ ...world, interrupt: interruption.signal }),
	);
	expect([code, posts]).toEqual([130, 0]);
});

test("a tunnel that moves does not overwrite someone else's callback", async () => {
	const { machine } = await subscribedElsewhere();
	const listener = await machine.start(
		"igwh listen --json --tunnel --subscribe --restore-verify-token hosted-token",
	);
	await listener.until('"ready"');
	await machine.run(
		`igwh subscribe --callback ${hosted}/theirs --verify-token hosted-token`,
	);
	machine.rename("tunnel-1", "renamed");
	machine.tunnels[0]?.lose("it was closed");
	// The old name is asked for during a minute.
	await machine.clock.sleep(70_000);
	await listener.until("reopened");
	const { err } = await listener.stop();
	expect(err).toContain(
		`the app's callback is ${hosted}/theirs, which is not this listener's; it is left alone`,
	);
	expect(err).toContain(
		`to set the earlier one anyway, run: igwh subscribe --callback ${hosted} --verify-token <its verify token>`,
	);
	expect((await current(machine))[0]).toBe(`${hosted}/theirs`);
});

test.each([
	["A ends first", ["a", "b"]],
	["B ends first", ["b", "a"]],
])(
	"two listeners of different stores, %s: the callback is what it was",
	async (_, order) => {
		const { machine } = await subscribedElsewhere();
		const flags = "--verify-token hosted-token --subscribe";
		const a = await machine.start(`igwh listen --home a ${flags}`);
		await a.until("Listening");
		const b = await machine.start(`igwh listen --home b --port 7301 ${flags}`);
		await b.until("Listening");
		expect((await current(machine))[0]).toBe("http://127.0.0.1:7301/webhook");
		for (const name of order) {
			const { err } = await (name === "a" ? a : b).stop();
			if (name === "a" && order[0] === "a")
				expect(err).toMatch(
					/another igwh listener has replaced the app's callback: http:\/\/127.0.0.1:7301\/webhook\n {2}once it has ended, run: igwh listen --restore --sandbox --home a/,
				);
		}
		expect(await current(machine)).toEqual([hosted, ["comments"]]);
	},
);

test.each([
	["--timeout 30s", 0],
	["--until 1 --timeout 30s", 3],
])("set by hand, %s still ends it", async (flags, expected) => {
	const { machine } = await subscribedElsewhere();
	changeGraph(machine, ({ method }) =>
		method === "POST"
			? Promise.resolve(
					textResponse(400, '{"error":{"message":"no","code":100}}'),
				)
			: undefined,
	);
	const { code, out } = await machine.run(`igwh listen --subscribe ${flags}`);
	expect(code).toBe(expected);
	expect(out).toContain("waiting for Meta's handshake");
	expect(out).not.toContain("Listening");
});

test("what Meta shows of include_values comes back; that active cannot is said before", async () => {
	const { machine } = await subscribedElsewhere();
	const sent: (string | null)[] = [];
	changeGraph(machine, (request, graph) => {
		const { method, body } = request;
		if (method === "POST") {
			sent.push(
				new URLSearchParams(Buffer.from(body).toString()).get("include_values"),
			);
			return undefined;
		}
		return graph(request).then((response) => ({
			...response,
			body: Buffer.from(
				bodyText(response).replace(
					'"active":true',
					'"active":false,"include_values":false',
				),
			),
		}));
	});
	const listener = await machine.start(
		"igwh listen --subscribe --restore-verify-token hosted-token",
	);
	await listener.until("Listening");
	const { out } = await listener.stop();
	expect(sent).toEqual(["true", "false"]);
	expect(out).toContain("it was inactive; Meta's API restores it as active");
});
