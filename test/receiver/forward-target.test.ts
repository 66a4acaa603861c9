import { expect, test } from "vitest";
import { forwardUrl } from "../../src/readers/url.ts";
import {
	forwardHeaders,
	forwardTarget,
} from "../../src/receiver/forward-target.ts";

test.each([
	["3000", "/webhook?a=1", "http://127.0.0.1:3000/webhook?a=1"],
	["/hooks/ig", "/webhook", "http://127.0.0.1:3000/hooks/ig"],
	["/hooks/ig", "/webhook?a=%20", "http://127.0.0.1:3000/hooks/ig?a=%20"],
	["localhost:8080", "/webhook", "http://localhost:8080/webhook"],
	["my-app.test:80/x", "/webhook?a=1", "http://my-app.test/x?a=1"],
	["https://app.test/x?k=1", "/webhook?a=1", "https://app.test/x?k=1&a=1"],
	["https://app.test/x?k=1", "/webhook", "https://app.test/x?k=1"],
	["http://[::1]:3000", "/webhook", "http://[::1]:3000/webhook"],
])("--forward %s sends %s to %s", (typed, target, url) => {
	expect(forwardTarget(target, forwardUrl.read(typed))).toBe(url);
});

test("headers keep case, order and repetition; those of the connection stay behind", () => {
	expect(
		forwardHeaders(
			[
				["Host", "tunnel.test"],
				["X-A", "1"],
				["x-a", "2"],
				["Connection", "keep-alive"],
				["TRANSFER-ENCODING", "chunked"],
				["User-Agent", "Webhooks/1.0"],
			],
			[["user-agent", "mine"]],
		),
	).toEqual([
		["X-A", "1"],
		["x-a", "2"],
		["user-agent", "mine"],
	]);
});
