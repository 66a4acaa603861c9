import { describe, expect, test } from "vitest";
import { bodyText, headerValues } from "../../../src/http.ts";
import { graphJson } from "../../../src/sandbox/api/graph-json.ts";
import { serveSandbox } from "../../../src/sandbox/serve-sandbox.ts";
import { createMachine } from "../../support/memory-world.ts";
import { pageToken, startSandbox } from "../../support/sandbox-world.ts";

const cup = "17955061238374021";

async function call(
	method: string,
	target: string,
	headers: [string, string][] = [],
) {
	const { handler } = startSandbox();
	return handler({
		method,
		target: `${target}${target.includes("?") ? "&" : "?"}access_token=${pageToken}`,
		headers,
		body: new Uint8Array(),
	});
}

describe("JSON", () => {
	test.each([
		["a/b", '"a\\/b"'],
		["@you <b>", '"\\u0040you \\u003Cb>"'],
		["café 👑", '"caf\\u00e9 \\ud83d\\udc51"'],
		["\u007f", '"\\u007f"'],
		[{ "a/<": 1 }, '{"a\\/\\u003C":1}'],
	])("%j is %s", (value, expected) => {
		expect(graphJson(value)).toBe(expected);
		expect(JSON.parse(graphJson(value))).toEqual(value);
	});

	test("is indented by three spaces where it is asked for", async () => {
		const response = await call("GET", `/${cup}?fields=owner&pretty=1`);
		expect(bodyText(response)).toBe(
			`{\n   "owner": {\n      "id": "17841405726653026"\n   },\n   "id": "${cup}"\n}`,
		);
		const plain = await call("GET", `/${cup}?pretty=0`);
		expect(bodyText(plain)).toBe(`{"id":"${cup}"}`);
	});
});

describe("callback", () => {
	test("makes a script of an answer, and of an error", async () => {
		const answer = await call("GET", `/${cup}?callback=my.cb`);
		expect(bodyText(answer)).toBe(`/**/ my.cb({"id":"${cup}"});`);
		expect(headerValues(answer.headers, "content-type")).toEqual([
			"text/javascript; charset=UTF-8",
		]);
		const error = await call("GET", "/1?callback=cb");
		expect(error.status).toBe(200);
		expect(bodyText(error)).toMatch(/^\/\*\*\/ cb\(\{"error":/);
	});

	test("takes names only", async () => {
		const { status } = await call("GET", `/${cup}?callback=alert(1)//`);
		expect(status).toBe(400);
	});
});

describe("ETag", () => {
	test("of the same answer is the same, and answers with 304", async () => {
		const first = await call("GET", `/${cup}`);
		const [etag = ""] = headerValues(first.headers, "etag");
		for (const known of [etag, `"x", W/${etag}`]) {
			const again = await call("GET", `/${cup}`, [["If-None-Match", known]]);
			expect([again.status, again.body.length]).toEqual([304, 0]);
			expect(headerValues(again.headers, "etag")).toEqual([etag]);
		}
		const other = await call("GET", `/${cup}?fields=caption`, [
			["If-None-Match", etag],
		]);
		expect(other.status).toBe(200);
	});
});

test("HEAD is answered as GET", async () => {
	const { status, headers } = await call("HEAD", `/${cup}`);
	expect(status).toBe(200);
	expect(headerValues(headers, "facebook-api-version")).toEqual(["v25.0"]);
});

describe("pages", () => {
	const origin = "http://localhost:3000";

	test("of this machine may read the answers", async () => {
		const { headers } = await call("GET", `/${cup}`, [["Origin", origin]]);
		expect(headerValues(headers, "access-control-allow-origin")).toEqual([
			origin,
		]);
	});

	test("of this machine may ask what they may send", async () => {
		const { status, headers } = await call("OPTIONS", `/${cup}`, [
			["Origin", origin],
			["Access-Control-Request-Method", "DELETE"],
			["Access-Control-Request-Headers", "authorization,content-type"],
		]);
		expect(status).toBe(200);
		expect(headerValues(headers, "access-control-allow-methods")).toEqual([
			"GET, HEAD, POST, DELETE, OPTIONS",
		]);
		expect(headerValues(headers, "access-control-allow-headers")).toEqual([
			"authorization,content-type",
		]);
	});

	test.each([
		["GET", "https://evil.example"],
		["OPTIONS", "https://evil.example"],
		["OPTIONS", "null"],
	])("of other sites may not: %s from %s", async (method, origin) => {
		const { status, headers } = await call(method, `/${cup}`, [
			["Origin", origin],
		]);
		expect(status).toBe(403);
		expect(headerValues(headers, "access-control-allow-origin")).toEqual([]);
	});
});

test("a body that is too large is refused in the envelope", async () => {
	const world = createMachine().world();
	const sandbox = await serveSandbox(world, 0, {});
	const response = await world.network.send({
		method: "POST",
		url: `${sandbox.url}/me`,
		headers: [],
		body: Buffer.alloc(1024 * 1024 + 1, "a"),
		timeoutMs: 1000,
	});
	expect([response.status, JSON.parse(bodyText(response)).error]).toEqual([
		413,
		expect.objectContaining({
			message: "The request body is too large",
			type: "OAuthException",
		}),
	]);
	await sandbox.close();
});
