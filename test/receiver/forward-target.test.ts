import { expect, test } from "vitest";
import {
	forwardHeader,
	forwardHeaders,
	forwardTarget,
	forwardUrl,
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
])("%s takes %s to %s", (typed, target, url) => {
	expect(forwardTarget(target, forwardUrl(typed))).toBe(url);
});

test.each(["", "nonsense", "ftp://app.test", "file:///etc/passwd", "99999999"])(
	"%j leads nowhere",
	(typed) => {
		expect(() => forwardUrl(typed)).toThrow("is not a URL");
	},
);

test.each([
	["X-Debug: 1", ["X-Debug", "1"]],
	["Host:app.test", ["Host", "app.test"]],
	["X-Empty:", ["X-Empty", ""]],
])("%s", (typed, header) => {
	expect(forwardHeader(typed)).toEqual(header);
});

test.each([
	["X Debug: 1", "is not a header"],
	[": 1", "is not a header"],
	["X-Debug: a\r\nX-More: b", "is not a header"],
	["x-hub-signature-256: sha256=0", "would replace Meta's signature"],
	["X-Hub-Signature: sha1=0", "would replace Meta's signature"],
])("%j is refused", (typed, message) => {
	expect(() => forwardHeader(typed)).toThrow(message);
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
