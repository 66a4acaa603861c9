import { expect, test } from "vitest";
import { verboseNetwork } from "../../src/cli/verbose-network.ts";
import { textResponse } from "../../src/http.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import {
	type OutgoingRequest,
	UnreachableError,
	type World,
} from "../../src/world.ts";
import { createMachine } from "../support/memory-world.ts";

/** Sends one request through a network that notes it. */
async function noted(
	request: Partial<OutgoingRequest>,
	answer: Awaited<ReturnType<World["network"]["send"]>> | UnreachableError,
) {
	const notes: string[] = [];
	const { clock, network, terminal } = createMachine().world();
	const verbose = verboseNetwork({
		clock,
		network: {
			...network,
			send: async () => {
				await clock.sleep(12);
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
		terminal: { ...terminal, note: (text) => void notes.push(text) },
	});
	await verbose
		.send({
			method: "POST",
			url: "http://127.0.0.1:3000/webhook",
			headers: [],
			body: Buffer.from(""),
			timeoutMs: 1000,
			...request,
		})
		.catch(() => undefined);
	return notes;
}

test("an accepted request is one line", async () => {
	expect(
		await noted({ body: Buffer.from("{}") }, textResponse(200, "ok")),
	).toEqual(["09:30:00.000 POST http://127.0.0.1:3000/webhook: 200, 12 ms"]);
});

test("a failure shows what was sent and answered", async () => {
	expect(
		await noted({ body: Buffer.from('{"a": 1}') }, textResponse(500, "a\n b")),
	).toEqual([
		[
			"09:30:00.000 POST http://127.0.0.1:3000/webhook: 500, 12 ms",
			'  sent: {"a": 1}',
			"  answer: a b",
		].join("\n"),
	]);
});

test("what could not be reached says why", async () => {
	const refused = new UnreachableError("refused", "nothing listens");
	expect(await noted({}, refused)).toEqual([
		"09:30:00.000 POST http://127.0.0.1:3000/webhook: nothing listens, 12 ms\n  sent: nothing",
	]);
});

test("a long body is cut", async () => {
	const [note = ""] = await noted({}, textResponse(400, "x".repeat(5000)));
	expect(note).toContain(`${"x".repeat(2000)} … and 3000 characters more`);
	expect(note).not.toContain("x".repeat(2001));
});

test("secrets are hidden by their names, wherever they stand", async () => {
	const notes = await noted(
		{
			url: "https://me:pw12345@graph.example/v1?fields=a&appsecret_proof=SECRET1&hub.verify_token=SECRET2",
			body: Buffer.from("callback_url=https://a&verify_token=SECRET3"),
		},
		{
			...textResponse(
				400,
				'{"error":{"code":190,"fbtrace_id":"AbC-1"},"access_token": "SECRET4"}',
			),
		},
	);
	expect(notes.join()).not.toMatch(/SECRET|pw12345/);
	expect(notes).toEqual([
		[
			"09:30:00.000 POST https://graph.example/v1?fields=a&appsecret_proof=[redacted]&hub.verify_token=[redacted]: 400, trace AbC-1, 12 ms",
			"  sent: callback_url=https://a&verify_token=[redacted]",
			'  answer: {"error":{"code":190,"fbtrace_id":"AbC-1"},"access_token": "[redacted]"}',
		].join("\n"),
	]);
});

test("a listener's health checks are left out", async () => {
	const url = "https://name.example/webhook?igwh.health=abc";
	expect(await noted({ url }, textResponse(200, ""))).toEqual([]);
});

test("listen --verbose notes calls to Meta and to the app", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const listener = await machine.start(
		"igwh listen --verbose --forward 3000 --subscribe",
	);
	await listener.until("Listening");
	await machine.run("igwh replay mentions");
	const { err } = await listener.stop();
	expect(err).toMatch(
		/GET http:\/\/127\.0\.0\.1:7302\/v25\.0\/\d+\/subscriptions\S*: 200, trace \S+, \d+ ms/,
	);
	expect(err).toMatch(
		/POST http:\/\/127\.0\.0\.1:3000\/webhook: nothing listens/,
	);
	expect(err).toMatch(/sent: \{"entry": \[/);
	expect(err).not.toContain(sandboxCredentials.appSecret);
});
