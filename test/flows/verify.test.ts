import { beforeEach, describe, expect, test } from "vitest";
import { checks } from "../../src/checks/receiver/checks.ts";
import { textResponse } from "../../src/http.ts";
import { UnreachableError } from "../../src/world.ts";
import {
	goodSignature,
	type Parts,
	receiverWith,
	secret,
	signatureOf,
	verifyToken,
} from "../receivers/broken-receiver.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

let machine: Machine;

beforeEach(() => {
	machine = createMachine({
		IGWH_APP_SECRET: secret,
		IGWH_VERIFY_TOKEN: verifyToken,
	});
});

/** Verifies a receiver that is good but for these parts. */
async function verify(flags: string, parts: Partial<Parts> = {}) {
	const handler = receiverWith(parts);
	const options = { port: 4000, maxBodyBytes: 1e7 };
	await machine.serve(handler, options);
	return machine.run(`verify 4000 ${flags}`);
}

const parsing: Partial<Parts> = {
	isAuthentic: (request) =>
		signatureOf(request) ===
		goodSignature(JSON.stringify(JSON.parse(String(request.body)))),
};

describe("what a person reads", () => {
	const only =
		"--only signature.changes,signature.missing,signature.re-serialised,signature.sha1-only,signature.constant-time --framework express";
	const code =
		'    express   app.post("/webhook", express.raw({ type: "*/*", limit: "5mb" }), handler) // before express.json(); req.body is the bytes';
	const cause = [
		"✗ your app verifies a parsed body: the signature is computed over JSON serialised again, or over an object",
		"    fix       compute the signature over the bytes received, before the body is parsed",
		code,
		"    sent      a mention, with spaces as Meta writes it: POST /webhook, 198 bytes, X-Hub-Signature-256: sha256=…",
		"    got       401 text/plain: refused; the receiver refused the signature; is the app secret the same on both sides?",
		"    2 failed  signature.changes, signature.re-serialised",
		"",
	];
	const shown = (out: string) => out.replace(/sha256=\w+/g, "sha256=");

	test("failures under their cause with one fix, the verdict last", async () => {
		const outcome = await verify(only, parsing);
		expect(shown(outcome.out)).toBe(
			[
				...cause,
				"✓ 2 checks passed (--all shows them)",
				"✗ 2 of 5 checks failed  http://127.0.0.1:4000/webhook",
			].join("\n"),
		);
		expect(outcome).toMatchObject({ code: 3, err: "" });
	});

	test("--all: every check", async () => {
		const { out } = await verify(`${only} --all`, parsing);
		expect(shown(out).split("\n")).toEqual([
			...cause,
			"✗ signature.changes  a delivery in Meta's encoding of changes is accepted",
			...cause.slice(3, 5),
			"",
			"✗ signature.re-serialised  the signature is checked over the bytes received, not over JSON serialised again",
			"    sent      a signature over JSON.stringify of the body: POST /webhook, 480 bytes, X-Hub-Signature-256: sha256=…",
			"    got       200 text/plain; accepted, but a signature over JSON.stringify of the body is not over the bytes sent",
			"",
			"? signature.constant-time  signatures are compared in constant time",
			"    cannot be tested over a network, which hides such differences: read the code",
			"",
			"✓ signature.missing          a delivery without a signature is refused",
			"✓ signature.sha1-only        a delivery with only the old SHA-1 signature is refused",
			"✗ 2 of 5 checks failed  http://127.0.0.1:4000/webhook",
		]);
	});

	test("a correct receiver: the verdict alone", async () => {
		const { code, out, err } = await verify("");
		expect(out).toBe("✓ All 42 checks passed  http://127.0.0.1:4000/webhook");
		expect({ code, err }).toEqual({ code: 0, err: "" });
	});

	test("checks that did not run because of a failure, on one line", async () => {
		const { out } = await verify("--only signature", {
			isAuthentic: () => false,
		});
		expect(out.split("\n").slice(-3)).toEqual([
			expect.stringMatching(
				/^\? 10 checks without a result: well-signed deliveries are not accepted \(signature\.tampered-body, .*\)$/,
			),
			"✓ 1 check passed (--all shows them)",
			"✗ 3 of 15 checks failed  http://127.0.0.1:4000/webhook",
		]);
	});

	test("warnings do not fail it", async () => {
		const { code, out } = await verify("--only signature.wrong-secret", {
			refusedDelivery: () => textResponse(500, "no"),
		});
		expect(out).toContain(
			"! signature.wrong-secret  a signature made with another secret is refused\n",
		);
		expect(out).toMatch(/\n✓ The check passed with a warning {2}http/);
		expect(code).toBe(0);
	});

	test("nothing that was not checked passes", async () => {
		const { code, out, err } = await verify("--only signature.missing", {
			isAuthentic: () => false,
		});
		expect(out).toMatch(/✗ No check could be run {2}http\S+$/);
		expect({ code, err }).toEqual({ code: 3, err: "" });
	});

	test("the check under way", async () => {
		const { progress } = await verify("--only handshake");
		expect(progress.at(0)).toBe("connecting to http://127.0.0.1:4000/webhook");
		expect(progress).toContain("2/13  handshake.in-time");
	});

	test("the code of the framework that the answers give away", async () => {
		const { out } = await verify("--only handshake.challenge", {
			before: async () =>
				textResponse(404, "no", [["X-Powered-By", "Express"]]),
		});
		expect(out).toContain('app.get("/webhook", handshake)');
		expect(out).not.toContain("django");
	});

	test("every check by name", async () => {
		const { code, out } = await machine.run("verify --list");
		expect(out.split("\n")).toHaveLength(checks.length);
		expect(out).toContain("signature.wrong-secret     a signature made with");
		expect(code).toBe(0);
	});
});

describe("which checks run", () => {
	const ids = async (flags: string) =>
		(await verify(`${flags} --json`)).records
			.filter(({ type }) => type === "check")
			.map(({ id }) => id);

	test("a group, without one of it", async () => {
		expect(await ids("--only delivery --skip delivery.batch")).toEqual(
			checks
				.map(({ id }) => id)
				.filter((id) => id.startsWith("delivery") && id !== "delivery.batch"),
		);
	});

	test("all but that of the certificate, over http", async () => {
		const all = await ids("");
		expect(all).toHaveLength(checks.length - 1);
		expect(all).not.toContain("handshake.certificate");
	});
});

test("ids are stable: programs name them", () => {
	expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
	expect(checks.map(({ id }) => id)).toMatchSnapshot();
});

describe("reports", () => {
	const run = async (format: string, parts: Partial<Parts> = {}) => {
		await verify(
			`--only signature.changes,signature.sha1-only,signature.constant-time --report ${format}=out/report`,
			parts,
		);
		return machine.files.get("out/report") ?? "";
	};

	test("JUnit", async () => {
		const text = await run("junit", {
			isAuthentic: () => false,
			refusedDelivery: () => textResponse(401, '<b>"no" & \u0000'),
		});
		expect(text).toMatch(
			/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites><testsuite name="igwh verify http:\/\/127.0.0.1:4000\/webhook" tests="3" failures="1" skipped="2" errors="0">\n<testcase classname="signature" name="changes: .*"><failure message="401 text\/plain: &#60;b&#62;&#34;no&#34; &#38; ; .*">sent: .*\nfix: .*<\/failure><\/testcase>\n/,
		);
		expect(text.match(/<skipped message="[^"]+"\/>/g)).toHaveLength(2);
	});

	test("Markdown", async () => {
		const text = await run("markdown", {
			isAuthentic: () => false,
			refusedDelivery: () => textResponse(401, "a|b\n`c`"),
		});
		expect(text).toMatch(/^# ✗ 1 of 3 checks failed\n\n`http:/);
		expect(text).toMatch(
			/\n\| signature.changes \| fail \| .* \| ``401 text\/plain: a\\\|b `c`; .*`` \| .* \|\n/,
		);
	});

	test.each(["junit", "markdown", "json"])(
		"%s holds nothing that acts on a terminal or a page",
		async (format) => {
			const evil =
				"\u001b[2J\u0007\u001b]52;c;aGk=\u0007\u009b1m\u202e <img src=x> ![x](http://evil) @everyone \\\\| `` x";
			const text = await run(format, {
				isAuthentic: () => false,
				refusedDelivery: () => textResponse(401, evil),
			});
			expect(text).toContain("everyone");
			expect(text).not.toMatch(
				// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
				/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/,
			);
			if (format !== "markdown") return;
			const [row = ""] = text.match(/^\| signature.changes .*$/m) ?? [];
			expect(row).toMatch(/ \| ```401 .*<img src=x> .* `` x; .*``` \| /);
			expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
		},
	);

	test("JSON", async () => {
		expect(JSON.parse(await run("json"))).toMatchObject({
			url: "http://127.0.0.1:4000/webhook",
			ok: true,
			causes: [],
			checks: [
				{ id: "signature.constant-time", status: "unknown" },
				{ id: "signature.changes", status: "pass" },
				{ id: "signature.sha1-only", status: "pass" },
			],
		});
	});
});

test("an untrusted certificate fails one check, and the others are not known", async () => {
	const { code, records } = await machine.run(
		"verify https://app.example/webhook --only handshake --json",
		{},
		(world) => ({
			...world,
			network: {
				...world.network,
				send: async () => {
					throw new UnreachableError("certificate", "it is self-signed");
				},
			},
		}),
	);
	expect(code).toBe(3);
	expect(records.filter(({ status }) => status === "fail")).toMatchObject([
		{ id: "handshake.certificate", detail: "it is self-signed" },
	]);
	expect(records.at(-1)).toMatchObject({
		type: "summary",
		pass: 0,
		fail: 1,
		warn: 0,
		unknown: 13,
	});
});

describe("an address that is no receiver is recognised before any secret is blamed", () => {
	const page = (status: number) => ({
		status,
		headers: [["Content-Type", "text/html"]] as const,
		body: Buffer.from("<!doctype html><title>Sign in</title>"),
	});
	const graphError = {
		status: 400,
		headers: [],
		body: Buffer.from(
			'{"error":{"message":"Unknown path components: /webhook","type":"OAuthException","code":2500,"fbtrace_id":"A1"}}',
		),
	};

	test.each([
		[
			"a Graph API",
			async () => graphError,
			"✗ 127.0.0.1:4000 is a Graph API, such as igwh sandbox, not a webhook receiver",
		],
		[
			"a web page",
			async () => page(200),
			"✗ a web page answers at /webhook, not a webhook receiver",
		],
		[
			"a page that takes no POST",
			async ({ method }: { method: string }) =>
				method === "GET" ? page(200) : textResponse(405, ""),
			"✗ a web page answers at /webhook, not a webhook receiver",
		],
		[
			"a server with another path",
			async () => textResponse(404, "Not Found"),
			"✗ the handshake is answered 404 and a delivery 404: is the path /webhook right?",
		],
	])("%s", async (_, before, said) => {
		const { code, out, err } = await verify("--report junit=out.xml", {
			before,
		});
		expect(out.split("\n")).toEqual([
			said,
			expect.stringMatching(/^ {4}fix {7}\w/),
			"",
			"✗ No check could be run  http://127.0.0.1:4000/webhook",
		]);
		expect(out).not.toContain("secret");
		expect({ code, err }).toEqual({ code: 3, err: "" });
		expect(machine.sent).toHaveLength(2);
		expect(machine.files.get("out.xml")).toContain(
			'errors="1">\n<testcase classname="receiver" name=',
		);
	});

	test("the sandbox itself", async () => {
		const sandbox = await machine.start("sandbox --port 7302 --json");
		const { code, out } = await machine.run("verify 7302");
		expect(out).toContain("127.0.0.1:7302 is a Graph API");
		expect(code).toBe(3);
		await sandbox.stop();
	});
});

describe("a receiver that hangs", () => {
	const hang = async () => {
		await machine.clock.sleep(60_000);
		return textResponse(200, "");
	};

	test("on everything ends the run after two requests", async () => {
		const { code, out } = await verify("", { before: hang });
		expect(out.split("\n")[0]).toBe(
			"✗ neither a handshake nor a delivery is answered within 5 s",
		);
		expect(code).toBe(3);
		expect(machine.sent).toHaveLength(2);
	});

	test("on deliveries is not asked for more of them", async () => {
		const startedAt = machine.clock.now();
		const { out } = await verify("", { take: hang });
		expect(machine.clock.now() - startedAt).toBeLessThan(10_000);
		expect(out).toContain(
			"28 checks without a result: deliveries are not answered in time",
		);
		expect(out).toContain("✗ delivery.in-time");
	});

	test("on every second request meets the limit of the run", async () => {
		let requests = 0;
		const startedAt = machine.clock.now();
		const { code, out } = await verify("--max-time 30", {
			before: async () => (requests++ % 2 ? hang() : undefined),
		});
		expect(machine.clock.now() - startedAt).toBeLessThan(40_000);
		expect(out).toContain(
			"without a result: the run reached its limit of 30 s",
		);
		expect(code).toBe(3);
	});
});

test("a page that returns the challenge is a receiver with a fault", async () => {
	const { out } = await verify("", {
		challenge: (challenge) => ({
			status: 200,
			headers: [],
			body: Buffer.from(`<html>${challenge}</html>`),
		}),
		isAuthentic: () => false,
		refusedDelivery: () => textResponse(404, ""),
	});
	expect(out).not.toContain("a web page answers");
	expect(out).toContain("handshake.no-page");
});

test.each([1, 2, 3])("Ctrl-C during request %s ends it", async (number) => {
	const interruption = new AbortController();
	await machine.serve(receiverWith({}), { port: 4000, maxBodyBytes: 1e7 });
	let requests = 0;
	const outcome = await machine.run("verify 4000", {}, (world) => ({
		...world,
		interrupt: interruption.signal,
		network: {
			...world.network,
			send: async (request) => {
				if (++requests < number) return world.network.send(request);
				interruption.abort();
				throw new UnreachableError("failed", "the request was cancelled");
			},
		},
	}));
	expect(outcome).toMatchObject({ code: 130, out: "" });
});

test("Ctrl-C ends it without a verdict", async () => {
	const interruption = new AbortController();
	await machine.serve(receiverWith({}), { port: 4000, maxBodyBytes: 1e7 });
	const outcome = await machine.run("verify 4000", {}, (world) => ({
		...world,
		interrupt: interruption.signal,
		network: {
			...world.network,
			send: async (request) => {
				if (machine.sent.length === 10) interruption.abort();
				return world.network.send(request);
			},
		},
	}));
	expect(outcome).toMatchObject({ code: 130, out: "" });
});

test("neither secret nor verify token is shown", async () => {
	const { out, err } = await verify("--json", {
		mayVerify: () => true,
		isAuthentic: () => true,
		take: async (_, { target }) => textResponse(400, `${secret} ${target}`),
	});
	expect(out + err).not.toContain(secret);
	expect(out + err).not.toContain(verifyToken);
});

test.each(["short", "my-verify-token-2026", "dots.and_under~scores"])(
	"the verify token %s leaves in no form, in no report",
	async (token) => {
		machine.env.IGWH_VERIFY_TOKEN = token;
		const { out, err } = await verify(
			"--only handshake --report junit=a --report markdown=b --report json=c",
			{
				mayVerify: (query) =>
					[token, token.slice(0, -1)].includes(
						query.get("hub.verify_token") ?? "",
					),
				refusedHandshake: (query) =>
					textResponse(400, `not ${query.get("hub.verify_token")}`),
			},
		);
		const files = ["a", "b", "c"].map((name) => machine.files.get(name) ?? "");
		const said = [out, err, ...files];
		expect(out).toContain("handshake.wrong-token");
		for (const text of said) {
			expect(text).not.toContain(token);
			expect(text).not.toContain(encodeURIComponent(token));
			expect(text).not.toContain(encodeURIComponent(token.slice(0, -1)));
			expect(text).not.toContain(JSON.stringify(token).slice(1, -2));
		}
		expect(said.join()).toContain("verify token");
	},
);

test.each([
	["verify", 2, "no receiver to verify"],
	["verify a b", 2, "too many arguments"],
	["verify nowhere", 2, '"nowhere" is not a URL'],
	["verify 4000 --only handshak", 2, "--only handshak is not a check"],
	["verify 4000 --only signature --skip signature", 2, "leave no check"],
	["verify 4000 --report pdf=out", 2, "--report pdf=out is not one of junit"],
	["verify 4000 --timeout 0", 2, "--timeout 0 is not an integer from 1 to 300"],
	[
		"verify 4000",
		5,
		"there is no receiver to verify: nothing listens at 127.0.0.1:4000",
	],
	[
		"verify 4000 --secret-from instagram",
		2,
		"IGWH_INSTAGRAM_APP_SECRET is not set",
	],
])("igwh %s", async (typed, code, said) => {
	const outcome = await machine.run(typed);
	expect(outcome).toMatchObject({ code, out: "" });
	expect(outcome.err).toContain(said);
});
