import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
	bodyText,
	type Handler,
	type HttpRequest,
	headerValues,
	textResponse,
} from "../../src/http.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const env = { IGWH_SANDBOX: "1" };
const secret = sandboxCredentials.appSecret;

/** An app on a port of its own that keeps what it is sent. */
async function app(machine: Machine, port: number, handler?: Handler) {
	const received: HttpRequest[] = [];
	await machine.serve(
		async (request) => {
			received.push(request);
			return (handler ?? (async () => textResponse(200, "ok")))(request);
		},
		{ port, maxBodyBytes: 1_000_000 },
	);
	return received;
}

async function listening(machine: Machine, flags: string) {
	const listener = await machine.start(`igwh listen --json ${flags}`);
	await listener.until('"ready"');
	return listener;
}

const forwardsOf = (records: Record<string, unknown>[]) =>
	records
		.filter(({ type }) => type === "delivery")
		.map(({ forwards }) =>
			(forwards as { url: string; status: number; hint?: string }[]).map(
				({ url, status, hint }) => [url, status, hint],
			),
		);

test("a delivery reaches every app as received, with the added headers", async () => {
	const machine = createMachine(env);
	const first = await app(machine, 3000);
	const second = await app(machine, 4000);
	const listener = await listening(
		machine,
		`--forward 3000 --forward localhost:4000/hooks?from=meta --header "X-Debug: 1" --header "user-agent: mine"`,
	);
	machine.handlers.set(
		"http://localhost:4000",
		machine.handlers.get("http://127.0.0.1:4000") as never,
	);
	expect(await machine.run("igwh replay mentions")).toMatchObject({ code: 0 });
	const { records } = await listener.stop();
	expect(forwardsOf(records)).toEqual([
		[
			["http://127.0.0.1:3000/webhook", 200, undefined],
			["http://localhost:4000/hooks?from=meta", 200, undefined],
		],
	]);
	const sent = machine.sent.find(
		({ method, url }) => method === "POST" && url.includes(":7300"),
	);
	for (const [request] of [first, second]) {
		expect(request?.method).toBe("POST");
		expect(request?.body).toEqual(sent?.body);
		expect(request?.headers).toEqual([
			...(sent?.headers ?? []).filter(([name]) => name !== "User-Agent"),
			["X-Debug", "1"],
			["user-agent", "mine"],
		]);
	}
	expect(first[0]?.target).toBe("/webhook");
});

const verifying =
	(signed: (body: Buffer) => string | Buffer, refusal: number): Handler =>
	async ({ headers, body }) => {
		const expected = createHmac("sha256", secret)
			.update(signed(Buffer.from(body)))
			.digest("hex");
		const [received] = headerValues(headers, "X-Hub-Signature-256");
		return received === `sha256=${expected}`
			? textResponse(200, "")
			: textResponse(refusal, "bad signature");
	};

const printedAgain = (body: Buffer) =>
	JSON.stringify(JSON.parse(body.toString()));

test.each<[what: string, Handler, status: number, hint: RegExp | undefined]>([
	["verifies bytes", verifying((body) => body, 401), 200, undefined],
	[
		"verifies a parsed body",
		verifying(printedAgain, 400),
		400,
		/your app verifies a parsed body: it accepted the same bytes/,
	],
	[
		"has another secret",
		async () => textResponse(401, "bad signature"),
		401,
		/is the app secret the same on both sides\? \(it says: bad signature\)/,
	],
	[
		"fails",
		async () => textResponse(500, "Error: boom\n  at x"),
		500,
		/Error: boom \| at x/,
	],
	[
		"has another route",
		async () => textResponse(404, ""),
		404,
		/is it the webhook route/,
	],
])("an app that %s", async (_, handler, status, hint) => {
	const machine = createMachine(env);
	await app(machine, 3000, handler);
	const listener = await listening(machine, "--forward 3000");
	const replayed = await machine.run(
		`igwh replay mentions --json --expect ${status}`,
	);
	expect(replayed.records[0]).toMatchObject({ status, ok: true });
	const [[[, told, why] = []] = []] = forwardsOf(
		(await listener.stop()).records,
	);
	expect(told).toBe(status);
	if (hint) expect(why).toMatch(hint);
	else expect(why).toBeUndefined();
});

test("an app that refuses only once is not said to verify a parsed body", async () => {
	const machine = createMachine(env);
	let asked = 0;
	const received = await app(machine, 3000, async () =>
		asked++ === 0
			? textResponse(400, "the database is locked\nat x")
			: textResponse(200, ""),
	);
	const listener = await listening(machine, "--forward 3000");
	await machine.run("igwh replay mentions");
	const [[[, , hint] = []] = []] = forwardsOf((await listener.stop()).records);
	expect(hint).toBe("the receiver answered 400: the database is locked");
	expect(received).toHaveLength(3);
});

test("bytes that parsing does not change clear the parsed body", async () => {
	const machine = createMachine(env);
	machine.files.set(
		"a.json",
		'{"object":"instagram","entry":[{"id":"1","time":1,"messaging":[{"message":{"mid":"m"}}]}]}',
	);
	const received = await app(machine, 3000, async () => textResponse(401, ""));
	const listener = await listening(machine, "--forward 3000");
	await machine.run("igwh replay a.json");
	expect(forwardsOf((await listener.stop()).records)).toEqual([
		[
			[
				"http://127.0.0.1:3000/webhook",
				401,
				"the signature is over the raw bytes, and parsing does not change them; does your app use the same app secret?",
			],
		],
	]);
	expect(received).toHaveLength(1);
});

test("nothing listens: Meta gets 502, the person a hint", async () => {
	const machine = createMachine(env);
	const listener = await listening(machine, "--forward 3000");
	const replayed = await machine.run(
		"igwh replay mentions --json --expect 502",
	);
	expect(replayed.code).toBe(0);
	expect(forwardsOf((await listener.stop()).records)).toEqual([
		[
			[
				"http://127.0.0.1:3000/webhook",
				502,
				"nothing listens at 127.0.0.1:3000; is your app running?",
			],
		],
	]);
});

test("the cause of a failure is printed once, until it changes or the app accepts a delivery", async () => {
	const machine = createMachine(env);
	let problem = "";
	await app(machine, 3000, async () =>
		textResponse(problem ? 400 : 200, problem),
	);
	const listener = await machine.start("igwh listen --forward 3000");
	await listener.until("Listening");
	for (problem of ["down", "down", "full", "down", "", "down"])
		await machine.run("igwh replay mentions --new-ids");
	const { out } = await listener.stop();
	const shown = /(?:→ |answered 400: )(\w+)/g;
	const printed = [...out.matchAll(shown)].map(([, what]) => what);
	expect(printed).toEqual(
		"400 down 400 400 full 400 down 200 400 down".split(" "),
	);
	const { records } = await machine.run("igwh events d2 --json");
	expect(JSON.stringify(records)).toContain("400: down");
});

test("with --ack-first Meta gets 200 whatever the app answers", async () => {
	const machine = createMachine(env);
	await app(machine, 3000, async () => textResponse(500, "no"));
	const listener = await listening(machine, "--forward 3000 --ack-first");
	expect((await machine.run("igwh replay mentions")).code).toBe(0);
	expect(forwardsOf((await listener.stop()).records)[0]?.[0]?.[1]).toBe(500);
});

test("an invalid signature is forwarded only with --forward-unverified", async () => {
	const machine = createMachine(env);
	const received = await app(machine, 3000);
	const tampered = "igwh replay mentions --tamper body --expect 401";
	const careful = await listening(machine, "--forward 3000");
	expect((await machine.run(tampered)).code).toBe(0);
	await careful.stop();
	expect(received).toHaveLength(0);
	const careless = await listening(
		machine,
		"--forward 3000 --forward-unverified",
	);
	expect((await machine.run(tampered)).code).toBe(0);
	await careless.stop();
	expect(received).toHaveLength(1);
});

test("filters decide what is forwarded, not what is stored", async () => {
	const machine = createMachine(env);
	const received = await app(machine, 3000);
	const listener = await listening(
		machine,
		"--forward 3000 --field mentions,story_insights --account 17841405726653026",
	);
	await machine.run("igwh replay mentions comments story_insights");
	const { records } = await listener.stop();
	expect(received).toHaveLength(1);
	expect(bodyText(received[0] as HttpRequest)).toContain('"mentions"');
	expect(forwardsOf(records).map((list) => list.length)).toEqual([1, 0, 0]);
});

test.each([
	[200, "", true, undefined],
	[200, "<p>", false, "the app did not answer with the bare challenge"],
	[403, "no", false, "the app answered 403"],
])("the app answers the handshake: %i %j", async (status, text, ok, reason) => {
	const machine = createMachine(env);
	await app(machine, 3000, async ({ target }) =>
		textResponse(status, text || (/challenge=(\d+)/.exec(target)?.[1] ?? "")),
	);
	const listener = await listening(
		machine,
		"--forward 3000 --forward-handshake --port 7300",
	);
	await machine.handlers.get("http://127.0.0.1:7300")?.handler({
		method: "GET",
		target:
			"/webhook?hub.mode=subscribe&hub.challenge=012&hub.verify_token=theirs",
		headers: [],
		body: Buffer.from(""),
	});
	const { records } = await listener.stop();
	expect(records.at(-2)).toEqual({
		type: "handshake",
		ok,
		...(reason && { reason }),
	});
});

test.each([
	["--forward ftp://x", "--forward ftp://x is not a URL"],
	[
		"--header X-Hub-Signature-256:x --forward 1",
		"would replace Meta's signature",
	],
	["--header nonsense --forward 1", "is not a header"],
	["--forward-handshake", "--forward-handshake without --forward"],
])("%s is refused", async (flags, message) => {
	const { code, err } = await createMachine(env).run(`igwh listen ${flags}`);
	expect(code).toBe(2);
	expect(err).toContain(message);
});

test("a compressed answer reaches Meta as it was, and is read for the hint", async () => {
	const machine = createMachine(env);
	const body = gzipSync("Error: boom");
	const headers = [
		["Content-Type", "text/html"],
		["Content-Encoding", "gzip"],
		["Connection", "close"],
	] as const;
	const received = await app(machine, 3000, async () => ({
		status: 500,
		headers,
		body,
	}));
	const listener = await listening(
		machine,
		"--forward http://me:pw@127.0.0.1:3000",
	);
	const { method, headers: sent, body: bytes } = await firstDelivery(machine);
	const answer = await machine.handlers.get("http://127.0.0.1:7300")?.handler({
		method,
		target: "/webhook",
		headers: sent,
		body: bytes,
	});
	expect(answer).toEqual({ status: 500, headers: headers.slice(0, 2), body });
	expect(machine.sent.at(-1)?.url).toBe("http://me:pw@127.0.0.1:3000/webhook");
	const { records, out } = await listener.stop();
	expect(forwardsOf(records).at(-1)).toEqual([
		["http://127.0.0.1:3000/webhook", 500, "the receiver failed: Error: boom"],
	]);
	expect(out).not.toContain("pw@");
	expect(received.length).toBeGreaterThan(0);
});

/** A delivery as it was sent to the listener. */
async function firstDelivery(machine: Machine) {
	const toListener = () =>
		machine.sent.find(
			({ method, url }) => method === "POST" && url.includes(":7300"),
		);
	if (!toListener()) await machine.run("igwh replay mentions");
	return toListener() as NonNullable<ReturnType<typeof toListener>>;
}
