import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { Secret } from "../../src/config/secret.ts";
import type { GraphCall } from "../../src/graph/graph-call.ts";
import { appSecretProof, graphClient } from "../../src/graph/graph-client.ts";
import { type HeaderList, textResponse } from "../../src/http.ts";
import { createMachine } from "../support/memory-world.ts";
import { vectorProof, vectorSecret } from "../support/vectors.ts";

const env = {
	IGWH_GRAPH_URL: "http://127.0.0.1:7302/",
	IGWH_APP_ID: "42",
	IGWH_APP_SECRET: vectorSecret,
	IGWH_PAGE_TOKEN: vectorProof.token,
	IGWH_USER_TOKEN: "EAAUSER",
};

async function ask(
	call: Partial<GraphCall<unknown>>,
	answer: { status?: number; body?: string; headers?: HeaderList } = {},
) {
	const machine = createMachine(env);
	const world = machine.world();
	if (answer.status !== 0)
		await machine.serve(
			async () =>
				textResponse(answer.status ?? 200, answer.body ?? "{}", answer.headers),
			{ port: 7302, maxBodyBytes: 1e6 },
		);
	const graph = graphClient(await loadConfig({}, world, {}), world);
	const result = graph({
		method: "GET",
		path: "/1/x",
		parameters: {},
		token: "page",
		read: (answer) => answer,
		...call,
	});
	return {
		result: await result.then(
			(value) => ({ value }),
			(error) => ({ error }),
		),
		sent: machine.sent[0],
	};
}

test("appsecret_proof is the HMAC of the token, keyed by the app secret", () => {
	expect(
		appSecretProof(new Secret(vectorProof.token), new Secret(vectorSecret)),
	).toBe(vectorProof.proof);
});

describe("a call on the wire", () => {
	test("a GET has its parameters and the proof in the query, the token in a header", async () => {
		const { sent } = await ask({ parameters: { fields: "id" } });
		expect(sent).toMatchObject({
			method: "GET",
			url: `http://127.0.0.1:7302/v25.0/1/x?fields=id&appsecret_proof=${vectorProof.proof}`,
			headers: [["Authorization", `Bearer ${vectorProof.token}`]],
		});
		expect(sent?.url).not.toContain(vectorProof.token);
	});

	test("a POST has them in a form", async () => {
		const { sent } = await ask({
			method: "POST",
			parameters: { message: "a & b 👑" },
		});
		expect(sent?.url).toBe("http://127.0.0.1:7302/v25.0/1/x");
		expect(Buffer.from(sent?.body ?? "").toString()).toBe(
			`message=a+%26+b+%F0%9F%91%91&appsecret_proof=${vectorProof.proof}`,
		);
	});

	test("an app call has the app's own token, and no proof", async () => {
		const { sent } = await ask({ token: "app" });
		expect(sent?.headers).toEqual([
			["Authorization", `Bearer 42|${vectorSecret}`],
		]);
		expect(sent?.url).toBe("http://127.0.0.1:7302/v25.0/1/x");
	});
});

const envelope = (code: number, subcode?: number, message = `(#${code}) no`) =>
	JSON.stringify({
		error: { message, type: "OAuthException", code, error_subcode: subcode },
	});

test.each([
	[190, 463, "token", 4],
	[190, undefined, "token", 4],
	[102, undefined, "token", 4],
	[15, undefined, "token", 4],
	[210, undefined, "token", 4],
	[3, undefined, "permission", 4],
	[10, undefined, "permission", 4],
	[200, undefined, "permission", 4],
	[283, undefined, "permission", 4],
	[4, undefined, "rate-limit", 6],
	[80002, undefined, "rate-limit", 6],
	[100, undefined, "graph", 6],
	[100, 33, "graph", 6],
	[2200, undefined, "graph", 6],
	[2201, undefined, "graph", 6],
	[1, undefined, "graph", 6],
	[99999, undefined, "graph", 6],
])("Meta's %i/%s is a %s failure", async (code, subcode, kind, exitCode) => {
	const { result } = await ask(
		{},
		{ status: 400, body: envelope(code, subcode) },
	);
	expect(result).toMatchObject({
		error: {
			code: kind,
			exitCode,
			graphCode: code,
			subcode: subcode ?? 0,
			message: `Meta refused GET /1/x: (#${code}) no${subcode ? ` (code ${code}/${subcode})` : ""}`,
		},
	});
});

test("an error with status 200 is an error", async () => {
	const { result } = await ask({}, { body: envelope(190) });
	expect(result).toMatchObject({ error: { code: "token" } });
});

test("a code that the message lacks is added", async () => {
	const { result } = await ask(
		{},
		{ status: 400, body: envelope(190, 463, "expired") },
	);
	expect(result).toMatchObject({
		error: { message: "Meta refused GET /1/x: expired (code 190/463)" },
	});
});

const use = (type: string, minutes: number) => ({
	type,
	estimated_time_to_regain_access: minutes,
});

test.each([
	["the only one", 80002, { 1: [use("instagram", 12)] }, 12],
	[
		"the longest of its type",
		80002,
		{ 1: [use("instagram", 0), use("pages", 99)], 2: [use("instagram", 30)] },
		30,
	],
	["pages", 80001, { 1: [use("instagram", 40), use("pages", 5)] }, 5],
	["the longest", 4, { 1: [use("instagram", 3), use("pages", 7)] }, 7],
])(
	"a rate limit says how long to wait: %s",
	async (_, code, usage, minutes) => {
		const { result } = await ask(
			{},
			{
				status: 403,
				body: envelope(code),
				headers: [["X-Business-Use-Case-Usage", JSON.stringify(usage)]],
			},
		);
		expect(result).toMatchObject({
			error: {
				waitMinutes: minutes,
				hint: `wait ${minutes} minutes, then run the command again; --wait does both`,
			},
		});
	},
);

test.each([
	["30", 1],
	["600", 10],
	["Wed, 25 Nov 2026 07:28:00 GMT", 0],
	["-1", 0],
])(
	"a rate limit with Retry-After %s lasts %i minutes",
	async (after, minutes) => {
		const { result } = await ask(
			{},
			{ status: 429, body: envelope(4), headers: [["Retry-After", after]] },
		);
		expect(result).toMatchObject({ error: { waitMinutes: minutes } });
	},
);

test.each(["", "no JSON", "[1]", '{"1":[{"type":"instagram"}]}'])(
	"a usage header of %j does not say how long",
	async (usage) => {
		const { result } = await ask(
			{},
			{
				status: 400,
				body: envelope(80002),
				headers: [["X-Business-Use-Case-Usage", usage]],
			},
		);
		expect(result).toMatchObject({
			error: { hint: expect.stringContaining("the account is used up") },
		});
	},
);

test.each([301, 302, 307, 308])(
	"a redirect (%i) is no answer",
	async (status) => {
		const { result, sent } = await ask(
			{},
			{ status, headers: [["Location", "http://127.0.0.1:7302/other"]] },
		);
		expect(result).toMatchObject({
			error: { code: "graph", status, outcomeUnknown: false },
		});
		expect(sent?.url).toContain("/v25.0/1/x");
	},
);

test.each([
	[500, envelope(190), true],
	[503, "<html>", true],
	[499, envelope(190), false],
	[200, "<html>", true],
	[400, envelope(2), true],
	[400, envelope(100), false],
	[400, envelope(4), false],
])(
	"status %i with %s: the outcome is unknown: %s",
	async (status, body, unknown) => {
		const { result } = await ask({ method: "POST" }, { status, body });
		expect(result).toMatchObject({ error: { outcomeUnknown: unknown } });
	},
);

test("a page of a proxy is no answer of Meta's", async () => {
	const { result } = await ask({}, { status: 407, body: "<html>proxy" });
	expect(result).toMatchObject({
		error: {
			code: "graph",
			message: "GET /1/x was answered 407 without JSON: <html>proxy",
		},
	});
});

test("nobody there is a network failure", async () => {
	const { result } = await ask({}, { status: 0 });
	expect(result).toMatchObject({
		error: {
			code: "network",
			exitCode: 5,
			message:
				"the Graph API cannot be reached: nothing listens at 127.0.0.1:7302",
		},
	});
});
