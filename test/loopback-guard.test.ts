import { describe, expect, test } from "vitest";
import { type Handler, type HeaderList, textResponse } from "../src/http.ts";
import { loopbackGuard } from "../src/loopback-guard.ts";

async function statusOf(method: string, headers: HeaderList) {
	let reached = false;
	const handler: Handler = async () => {
		reached = true;
		return textResponse(200, "");
	};
	const { status } = await loopbackGuard(handler)({
		method,
		target: "/",
		headers,
		body: new Uint8Array(),
	});
	expect(reached).toBe(status === 200);
	return status;
}

describe("a Host", () => {
	test.each([
		["127.0.0.1:7302", 200],
		["127.0.0.1", 200],
		["127.1.2.3:1", 200],
		["localhost:7302", 200],
		["LOCALHOST", 200],
		["localhost.", 200],
		["app.localhost:1", 200],
		["[::1]:7302", 200],
		["evil.example", 403],
		["evil.example:7302", 403],
		["127.0.0.1.evil.example", 403],
		["localhost.evil.example", 403],
		["evillocalhost", 403],
		["evil.example@127.0.0.1", 403],
		["127.0.0.1/evil.example", 403],
		["127.0.0.1@evil.example", 403],
		["192.168.0.1", 403],
		["0.0.0.0:7302", 403],
		["[::2]", 403],
		["[fe80::1]", 403],
		["", 403],
		["a b", 403],
	])("%j: %i", async (host, status) => {
		expect(await statusOf("GET", [["Host", host]])).toBe(status);
		expect(await statusOf("POST", [["host", host]])).toBe(status);
	});

	test("of an old client may be missing", async () => {
		expect(await statusOf("POST", [])).toBe(200);
	});

	test("counts whichever is foreign where there are two", async () => {
		const two = [
			["Host", "127.0.0.1"],
			["Host", "evil.example"],
		] as const;
		expect(await statusOf("GET", two)).toBe(403);
		expect(await statusOf("GET", two.toReversed())).toBe(403);
	});
});

describe("an Origin", () => {
	test.each([
		["http://localhost:3000", 200],
		["http://127.0.0.1:7302", 200],
		["http://[::1]:1", 200],
		["https://evil.example", 403],
		["http://evil.example:7302", 403],
		["null", 403],
		["", 403],
		["file://", 403],
	])("%j: %i, whatever the method", async (origin, status) => {
		for (const method of ["GET", "POST", "DELETE", "OPTIONS"])
			expect(
				await statusOf(method, [
					["Host", "127.0.0.1:7302"],
					["Origin", origin],
				]),
			).toBe(status);
	});
});

describe("a browser's request without Origin", () => {
	test.each([
		["POST", "cross-site", "no-cors", 403],
		["POST", "cross-site", "navigate", 403],
		["GET", "cross-site", "no-cors", 403],
		["GET", "cross-site", "navigate", 200],
		["HEAD", "cross-site", "navigate", 200],
		["POST", "same-origin", "cors", 200],
		["GET", "none", "navigate", 200],
	])("%s %s %s: %i", async (method, site, mode, status) => {
		expect(
			await statusOf(method, [
				["Host", "localhost"],
				["Sec-Fetch-Site", site],
				["Sec-Fetch-Mode", mode],
			]),
		).toBe(status);
	});
});

test("the refusal gives a page no right to read it", async () => {
	const guard = loopbackGuard(async () => textResponse(200, ""));
	const { headers } = await guard({
		method: "POST",
		target: "/",
		headers: [["Origin", "https://evil.example"]],
		body: new Uint8Array(),
	});
	expect(headers.map(([name]) => name)).toEqual(["Content-Type"]);
});
