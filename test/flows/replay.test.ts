import { beforeEach, describe, expect, test } from "vitest";
import { bodyText, headerValues, textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import { sign } from "../../src/webhook/signature.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const { appSecret } = sandboxCredentials;

let machine: Machine;
let statuses: number[];
let url: string;

beforeEach(async () => {
	machine = createMachine({ IGWH_SANDBOX: "1", CITY: "Göteborg" });
	statuses = [];
	const server = await machine.serve(
		async () => textResponse(statuses.shift() ?? 200, "said"),
		{ port: 0, maxBodyBytes: 1e7 },
	);
	url = `${server.url}/webhook`;
});

/** Replays to the server above; what it got, as text, and how the command ended. */
async function replay(typed: string, person = {}) {
	const before = machine.sent.length;
	const line = `replay ${typed} --to ${url}`;
	const outcome = await machine.run(line, person);
	const requests = machine.sent.slice(before);
	return Object.assign(outcome, { requests, bodies: requests.map(bodyText) });
}

const small =
	'{"entry":[{"id":"1","time":5,"changes":[]}],"object":"instagram"}';
const wire =
	'{"entry": [{"id": "1", "time": 5, "changes": []}], "object": "instagram"}';

describe("what is sent of a fixture", () => {
	test.each<[flags: string, fixture: string, sent: string]>([
		["", small, wire],
		["--encoding meta", small, wire],
		["--encoding compact", `${wire} // said`, small],
		["--encoding raw", " not even JSON\n", " not even JSON\n"],
		["--encoding raw", small, small],
		[
			"--encoding raw --set object=page",
			small,
			small.replace("instagram", "page"),
		],
		["--set entry.0.time=6", small, wire.replace("5", "6")],
		["--set entry.0.id=6", small, wire.replace('"1"', '"6"')],
		[
			"--unset entry.0.changes --unset entry.0.time",
			small,
			'{"entry": [{"id": "1"}], "object": "instagram"}',
		],
		[
			"--set a.b=1 --set a.c=2",
			small,
			wire.replace(/}$/, ', "a": {"b": 1, "c": 2}}'),
		],
		["--now", small, wire.replace("5", "1795253400")],
		[
			"",
			small.replace('"1"', `"\${CITY}"`),
			wire.replace("1", "G\\u00f6teborg"),
		],
		[
			"--batch 2",
			small.replace("[]", '[{"field":"a","value":"17900000000000000"}]'),
			'{"entry": [{"id": "1", "time": 5, "changes": [{"field": "a", "value": "17900000000000000"}]}, {"id": "1", "time": 5, "changes": [{"field": "a", "value": "17900000001000003"}]}], "object": "instagram"}',
		],
	])("%s", async (flags, fixture, sent) => {
		machine.files.set("f.json", fixture);
		const { code, bodies, requests } = await replay(`f.json ${flags}`);
		expect(bodies).toEqual([sent]);
		expect(
			headerValues(requests[0]?.headers ?? [], "x-hub-signature-256"),
		).toEqual([sign(Buffer.from(sent), appSecret)]);
		expect(code).toBe(0);
	});

	test("another UUID for each delivery, the same for its duplicate", async () => {
		machine.files.set("f.json", small.replace('"1"', `"\${uuid}"`));
		const { bodies } = await replay("f.json --repeat 2 --duplicate");
		expect(bodies).toHaveLength(4);
		expect(bodies[0]).toMatch(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
		expect(new Set(bodies).size).toBe(2);
		expect(bodies[0]).toBe(bodies[1]);
	});

	test("new ids for each repetition", async () => {
		const { bodies } = await replay("mentions --new-ids --repeat 3");
		expect(new Set(bodies).size).toBe(3);
		for (const body of bodies) expect(body).toContain('"17841405726653026"');
	});

	test("what an editor makes of it", async () => {
		machine.files.set("f.json", small);
		const shown: string[] = [];
		const editor = (text: string) => {
			shown.push(text);
			return text.replace("instagram", "page");
		};
		const { bodies } = await replay("f.json --edit", { answers: [], editor });
		expect(shown).toEqual([small]);
		expect(bodies).toEqual([wire.replace("instagram", "page")]);
	});

	test("an edit keeps what --set did, and precedes --now", async () => {
		machine.files.set("f.json", small);
		const { bodies } = await replay("f.json --edit --now --set entry.0.id=7", {
			answers: [],
			editor: (text: string) => text.replace("[]", "[ ]"),
		});
		expect(bodies).toEqual([
			wire.replace('"1"', '"7"').replace("5", "1795253400"),
		]);
	});

	test.each([
		["was closed without a change", (text: string) => text, "was not changed"],
		["left no payload", () => "", "it is not JSON"],
	])("an editor that %s sends nothing", async (_, editor, said) => {
		machine.files.set("f.json", small);
		const { code, bodies, err } = await replay("f.json mentions --edit", {
			answers: [],
			editor,
		});
		expect(bodies).toEqual([]);
		expect(err).toContain(`f.json`);
		expect(err).toContain(said);
		expect(code).toBe(2);
	});

	test("an editor that fails sends nothing", async () => {
		const { code, bodies, err } = await replay("mentions --edit", {
			answers: [],
			editor: () => {
				throw new IgwhError("input", "the editor vi failed", "set EDITOR");
			},
		});
		expect(bodies).toEqual([]);
		expect({ code, err }).toMatchObject({ code: 2 });
	});
});

describe("where deliveries come from", () => {
	test("a pattern names files", async () => {
		for (const name of ["a/1.json", "a/b/2.json", "a/b/3.txt"])
			machine.files.set(name, small.replace("instagram", name));
		const { bodies } = await replay("'a/**/*.json'");
		expect(bodies).toEqual(
			["a/1.json", "a/b/2.json"].map((name) => wire.replace("instagram", name)),
		);
	});

	test("what listen --json printed is sent again, byte for byte", async () => {
		const listener = await machine.start("listen --json");
		await machine.run("replay mentions messages mentions-test");
		const { out } = await listener.stop();
		const original = machine.sent.slice(-3).map(bodyText);
		expect((await replay("-", { stdin: out })).bodies).toEqual(original);
	});

	test("a stored delivery keeps its bytes and headers", async () => {
		const listener = await machine.start("listen");
		machine.files.set("f.json", small);
		await machine.run("replay f.json --encoding raw --sign wrong --expect 401");
		await listener.stop();
		const [first] = machine.sent.slice(-1);
		const [again] = (await replay("d1")).requests;
		expect(again?.headers).toEqual(first?.headers);
		expect(bodyText(again as never)).toBe(small);
		const [resigned] = (await replay("d1 --resign")).requests;
		expect(resigned?.headers).toEqual(
			first?.headers.map(([name, value]) =>
				name === "X-Hub-Signature-256"
					? [name, sign(Buffer.from(small), appSecret)]
					: name === "X-Hub-Signature"
						? [name, sign(Buffer.from(small), appSecret, "sha1")]
						: [name, value],
			),
		);
	});
});

describe("faults", () => {
	const names = async (flags: string) => {
		const [request] = (await replay(`mentions ${flags}`)).requests;
		const { headers = [], body = Buffer.of() } = request ?? {};
		return headers
			.filter(([name]) => name.startsWith("X-Hub"))
			.map(([name, value]) => {
				const algorithm = name.endsWith("256") ? "sha256" : "sha1";
				return `${algorithm} ${value === sign(body, appSecret, algorithm) ? "good" : "bad"}`;
			});
	};

	test.each([
		["", ["sha1 good", "sha256 good"]],
		["--sign none", []],
		["--sign sha1", ["sha1 good"]],
		["--sign wrong", ["sha1 bad", "sha256 bad"]],
		["--tamper body", ["sha1 bad", "sha256 bad"]],
		["--tamper signature", ["sha1 bad", "sha256 bad"]],
	])("%s", async (flags, expected) => {
		expect(await names(flags)).toEqual(expected);
	});

	test("like Meta, a failed delivery comes again and again", async () => {
		statuses = [500, 500, 503];
		const { code, records, bodies } = await replay(
			"mentions --like-meta --json",
		);
		expect(new Set(bodies).size).toBe(1);
		expect(records).toMatchObject([
			{ status: 500, attempt: 1, retryInMs: 0, ok: false },
			{ status: 500, attempt: 2, retryInMs: 17, ok: false },
			{ status: 503, attempt: 3, retryInMs: 83, ok: false },
			{ status: 200, attempt: 4, ok: true },
			{ sent: 1, ok: 1, failed: 0 },
		]);
		expect(code).toBe(0);
	});

	test("like Meta, it is given up after 36 hours", async () => {
		statuses = Array(20).fill(500);
		const { code, records } = await replay("mentions --like-meta --json");
		expect(code).toBe(3);
		expect(records.slice(-2)).toMatchObject([
			{ status: 500, attempt: 10, ok: false },
			{ sent: 1, failed: 1 },
		]);
	});

	test("a slow sender", async () => {
		const { requests, records } = await replay("mentions --slow 700 --json");
		expect(requests[0]?.bodyMs).toBe(700);
		expect(records[0]).toMatchObject({ ms: 700 });
	});
});

describe("load", () => {
	test("several at once, never more", async () => {
		let [busy, most] = [0, 0];
		const slow = await machine.serve(
			async () => {
				most = Math.max(most, ++busy);
				await machine.clock.sleep(10);
				busy--;
				return textResponse(200, "");
			},
			{ port: 0, maxBodyBytes: 1e6 },
		);
		const { records } = await machine.run(
			`replay mentions --repeat 30 --concurrency 7 --to ${slow.url} --json`,
		);
		expect(most).toBe(7);
		expect(records.at(-1)).toMatchObject({
			sent: 30,
			p50: 10,
			statuses: { 200: 30 },
		});
	});

	test("so many a second", async () => {
		const start = machine.clock.now();
		await replay("mentions --repeat 21 --rate 10");
		expect(machine.clock.now() - start).toBe(2000);
	});

	test("in any order, and each twice", async () => {
		for (let number = 10; number < 20; number++)
			machine.files.set(
				`a/${number}.json`,
				small.replace('"1"', `"${number}"`),
			);
		const inOrder = (await replay("a --duplicate")).bodies;
		const mixed = (await replay("a --duplicate --shuffle")).bodies;
		expect(inOrder).toHaveLength(20);
		expect(mixed).not.toEqual(inOrder);
		expect(mixed.toSorted()).toEqual(inOrder.toSorted());
	});

	test("a long run shows its failures, how it spread and how far it is", async () => {
		statuses = [200, 500, 404];
		const { code, out, err, progress } = await replay("mentions --repeat 40");
		expect(out).toBe(
			[
				"✗ mentions                     500  198 B  0 ms",
				"    the receiver failed: said",
				"✗ mentions                     404  198 B  0 ms",
				"    nothing answers at this path; is it the webhook route?",
				"40 sent, 38 as expected, 2 failed  p50 0 ms  p95 0 ms  p99 0 ms",
				"answered 38 × 200, 1 × 404, 1 × 500",
				`    ≤ 0.5 ms  ${"█".repeat(40)} 40`,
			].join("\n"),
		);
		expect(err).toBe("");
		expect(progress.at(-1)).toBe(`${"█".repeat(30)} 40/40  2 failed`);
		expect(code).toBe(3);
	});
});

describe("what an app missed", () => {
	/** Five deliveries to a listener, of which the app accepts those that are up. */
	async function outage(up: readonly boolean[]) {
		const received: string[] = [];
		let isUp = false;
		const app = await machine.serve(
			async (request) => {
				if (isUp) received.push(bodyText(request));
				return textResponse(isUp ? 200 : 503, isUp ? "" : "down");
			},
			{ port: 3000, maxBodyBytes: 1e6 },
		);
		const listener = await machine.start("listen --forward 3000 --json");
		for (const [index, state] of up.entries()) {
			isUp = state;
			machine.files.set("f.json", small.replace('"1"', `"${index}"`));
			await machine.run("replay f.json --sign wrong --expect '401|2xx|5xx'");
			await machine.run("replay f.json --expect '2xx|5xx'");
			await machine.clock.sleep(60 * 60_000);
		}
		await listener.stop();
		isUp = true;
		return { app, received };
	}

	const ids = (bodies: readonly string[]) =>
		bodies.map((body) => JSON.parse(body).entry[0].id);

	test("is sent again in order, with its bytes and signature, and once", async () => {
		const { received } = await outage([true, false, false, true, false]);
		const original = machine.sent.at(-1);
		received.length = 0;
		const { code, out, records } = await machine.run("replay --failed --json");
		expect(ids(received)).toEqual(["1", "2", "4"]);
		expect(records).toMatchObject([
			{ to: "http://127.0.0.1:3000/webhook", status: 200, ok: true },
			{ ok: true },
			{ ok: true },
			{ type: "summary", sent: 3, failed: 0 },
		]);
		expect(out).not.toContain("7300");
		const last = machine.sent.at(-1);
		const signature = (request = last) =>
			headerValues(request?.headers ?? [], "x-hub-signature-256");
		expect(signature()).toEqual(signature(original));
		expect(code).toBe(0);

		const again = await machine.run("replay --failed");
		expect(again).toMatchObject({ code: 0, out: "" });
		expect(again.err).toContain(
			"no stored delivery is left that an app did not accept",
		);
		expect(received).toHaveLength(3);
	});

	test("--since leaves older ones", async () => {
		const { received } = await outage([false, false, false]);
		await machine.run("replay --failed --since 150m");
		expect(ids(received)).toEqual(["1", "2"]);
		await machine.run("replay --failed --until 150m");
		expect(ids(received)).toEqual(["1", "2", "0"]);
	});

	test("stays missed while the app is down", async () => {
		const { app } = await outage([false, false]);
		await app.close();
		const down = await machine.run("replay --failed");
		expect(down.code).toBe(5);
		expect(down.err).toContain(
			"no delivery reached http://127.0.0.1:3000/webhook",
		);
		const changed = await machine.run(
			`replay --failed --now --to ${url} --json`,
		);
		expect(changed.records.at(-1)).toMatchObject({ sent: 2, ok: 2 });
		const { records } = await replay("--failed --json");
		expect(records.at(-1)).toMatchObject({ sent: 2, ok: 2 });
	});

	test("what Meta sent twice is sent again once", async () => {
		let status = 500;
		await machine.serve(async () => textResponse(status, ""), {
			port: 3000,
			maxBodyBytes: 1e6,
		});
		const listener = await machine.start("listen --forward 3000");
		await machine.run("replay mentions --duplicate --expect 5xx");
		await listener.stop();
		status = 200;
		const { records } = await machine.run("replay --failed --json");
		expect(records.at(-1)).toMatchObject({ sent: 1, ok: 1 });
		const again = await machine.run("replay --failed");
		expect(again.err).toContain("no stored delivery is left");
	});

	test("two apps get what each of them missed", async () => {
		let status = 500;
		const serve = (port: number, answer: () => number) =>
			machine.serve(async () => textResponse(answer(), ""), {
				port,
				maxBodyBytes: 1e6,
			});
		await serve(3000, () => 200);
		await serve(3001, () => status);
		const listener = await machine.start(
			"listen --forward 3000 --forward 3001",
		);
		await machine.run("replay mentions --expect 5xx");
		await listener.stop();
		status = 200;
		const { records } = await machine.run("replay --failed --json");
		expect(records.map(({ to }) => to)).toEqual([
			"http://127.0.0.1:3001/webhook",
			undefined,
		]);
	});
});

describe("an address that is no receiver", () => {
	test.each([
		[
			"a Graph API",
			400,
			'{"error":{"message":"x","type":"OAuthException","fbtrace_id":"A"}}',
			"is a Graph API, such as igwh sandbox",
		],
		[
			"a web page",
			200,
			"<!doctype html><title>Sign in</title>",
			"a web page answers at /webhook",
		],
		["a path without a route", 404, "no", "is it the webhook route?"],
	])("%s is named, and no secret blamed", async (_, status, body, said) => {
		const server = await machine.serve(async () => textResponse(status, body), {
			port: 0,
			maxBodyBytes: 1e6,
		});
		const { out } = await machine.run(
			`replay mentions --to ${server.url}/webhook`,
		);
		expect(out).toContain(said);
		expect(out).not.toMatch(/secret|signature/);
	});
});

test.each([
	["--failed d1", 2, "d1 names another source"],
	["mentions --since 2h", 2, "--since and --until need --failed"],
	["mentions --set nothing", 2, "--set nothing is not path=value"],
	["mentions --unset entry.5", 2, "--unset entry.5: no value at that path"],
	["mentions --edit", 2, "--edit needs a terminal"],
	["'x/*.json'", 2, "no file matches x/*.json"],
	["bad.json", 2, `bad.json: \${GONE} is not set in the environment`],
	["junk.json --encoding raw --now", 2, "junk.json: it is not JSON"],
	["mentions --batch 1001", 2, "--batch 1001 is not an integer from 0 to 1000"],
	[
		"mentions --encoding xml",
		2,
		"--encoding xml is not one of meta, compact, raw",
	],
])("igwh replay %s", async (typed, code, said) => {
	machine.files.set("bad.json", small.replace('"1"', `"\${GONE}"`));
	machine.files.set("junk.json", "junk");
	const outcome = await replay(typed);
	expect(outcome).toMatchObject({ code, out: "" });
	expect(outcome.err).toContain(said);
});

describe("a capture without a delivery to send", () => {
	const lines = [
		{ type: "ready", localUrl: url },
		{ type: "handshake", ok: true },
		{ type: "delivery", id: "d1", changes: [] },
	];
	const capture = lines.map((line) => `${JSON.stringify(line)}\n`).join("");

	test.each([
		["from stdin", "-", "stdin"],
		["as a file", "capture.jsonl", "capture.jsonl"],
		["beside one with a delivery", "mentions capture.jsonl", "capture.jsonl"],
	])("%s is refused, and nothing is sent", async (_, typed, name) => {
		machine.files.set("capture.jsonl", capture);
		const outcome = await replay(typed, { stdin: capture });
		expect(outcome.code).toBe(2);
		expect(outcome.err).toContain(`${name} holds no delivery to send`);
		expect(outcome.bodies).toEqual([]);
	});
});
