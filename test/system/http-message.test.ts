import { describe, expect, test } from "vitest";
import { bodyText } from "../../src/http.ts";
import { responseReader } from "../../src/system/http-message.ts";

/** What came over the wire, whether it then ended, and what it says. */
const answers: [
	name: string,
	wire: string,
	ended: boolean,
	status: number,
	body: string,
	reusable: boolean,
][] = [
	[
		"a length",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		false,
		200,
		"ok",
		true,
	],
	["no body", "HTTP/1.1 204 No Content\r\n\r\n", false, 204, "", true],
	[
		"nothing to say",
		"HTTP/1.1 200\r\ncontent-length:0\r\n\r\n",
		false,
		200,
		"",
		true,
	],
	[
		"chunks",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
		false,
		200,
		"ok0123456789",
		true,
	],
	[
		"something before the answer",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx",
		false,
		403,
		"x",
		true,
	],
	[
		"the end of the connection",
		"HTTP/1.1 500 Oh\r\n\r\nlong",
		true,
		500,
		"long",
		false,
	],
	[
		"HTTP/1.0",
		"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
		false,
		200,
		"x",
		false,
	],
	[
		"a connection that closes",
		"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
		false,
		200,
		"x",
		false,
	],
];

describe.each(answers)(
	"an answer with %s",
	(_, wire, ended, status, body, reusable) => {
		test.each([1, 3, 1000])("in pieces of %i bytes", (size) => {
			const reader = responseReader();
			for (let at = 0; at < wire.length; at += size) {
				expect(reader.response).toBeUndefined();
				reader.add(Buffer.from(wire.slice(at, at + size), "latin1"));
			}
			if (ended) reader.end();
			expect(reader.response?.status).toBe(status);
			expect(bodyText(reader.response as never)).toBe(body);
			expect(reader.reusable).toBe(reusable);
		});
	},
);

test.each([
	["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx"],
	["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx"],
	["HTTP/1.1 200 OK\r\n"],
	[""],
])("an answer that breaks off is none: %j", (wire) => {
	const reader = responseReader();
	reader.add(Buffer.from(wire));
	reader.end();
	expect(reader.response).toBeUndefined();
});

test.each([
	["SSH-2.0-OpenSSH\r\n\r\n"],
	["HTTP/1.1 OK\r\n\r\n"],
	["HTTP/1.1 200 OK\r\nno colon\r\n\r\n"],
	["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
	["x".repeat(300_000)],
])("what is not HTTP is refused", (wire) => {
	expect(() => responseReader().add(Buffer.from(wire))).toThrow(
		"the answer is not HTTP",
	);
});
