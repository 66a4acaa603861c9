import { describe, expect, test } from "vitest";
import { readCapture } from "../../src/payloads/capture.ts";
import { readFixture } from "../../src/payloads/fixture.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { wireBytes, wireStyleOf } from "../../src/webhook/wire-encoding.ts";
import { fixtureNames, fixtureText } from "../support/vectors.ts";

/** The line `listen --json` prints for a body. */
function line(body: Uint8Array): string {
	const { object, changes } = parseDelivery(body);
	const rest = { id: "d1", object, bytes: body.length, changes };
	return JSON.stringify({ type: "delivery", ...rest });
}

describe.each(fixtureNames)("%s", (name) => {
	test("comes back byte for byte from what listen tells of it", () => {
		const [payload] = readFixture(fixtureText(name));
		const value = JSON.parse(JSON.stringify(payload?.value));
		const body = wireBytes(JSON.stringify(value), wireStyleOf(value));
		const [captured] = readCapture(`{"type":"ready"}\n${line(body)}\n`) ?? [];
		const again = wireBytes(captured?.json ?? "", wireStyleOf(value));
		expect(captured?.faithful).toBe(true);
		// Meta's pages print the object first, which no delivery does.
		if (name.startsWith("seed")) expect(JSON.parse(`${again}`)).toEqual(value);
		else expect(again.toString()).toBe(body.toString());
	});
});

test.each([
	["nothing", ""],
	["a payload", '{"entry":[]}'],
	["payloads a line", '{"entry":[],"type":"x"}\n{"entry":[]}'],
	["a word", "hello"],
])("%s is no capture", (_, text) => {
	expect(readCapture(text)).toBeUndefined();
});

test("a record in full gives the bytes and headers as they were", () => {
	const record = {
		type: "delivery",
		id: "d4",
		object: "instagram",
		bytes: 3,
		changes: [{ accountId: "1", field: "mentions", time: 5, value: {} }],
		headers: [["X-Hub-Signature-256", "sha256=00"]],
		bodyBase64: "YWJj",
	};
	expect(readCapture(JSON.stringify(record))).toEqual([
		{
			id: "d4",
			json: "abc",
			faithful: true,
			original: {
				body: Buffer.from("abc"),
				headers: [["X-Hub-Signature-256", "sha256=00"]],
			},
		},
	]);
});

test("a stored body is sent although nothing could be read from it", () => {
	const record = {
		type: "delivery",
		id: "d5",
		changes: [],
		bodyBase64: "YWJj",
	};
	expect(readCapture(JSON.stringify(record))).toMatchObject([
		{ id: "d5", original: { body: Buffer.from("abc"), headers: [] } },
	]);
});

test("a delivery without changes and without its body is none to send", () => {
	const record = { type: "delivery", id: "d5", changes: [] };
	expect(readCapture(JSON.stringify(record))).toEqual([]);
});

test("numbers keep their spelling", () => {
	const line =
		'{"type":"delivery","id":"d6","object":"instagram","changes":[{"accountId":"1","field":"x","time":5,"value":{"n":17841405309211845,"m":1.0}}]}';
	expect(readCapture(line)?.[0]?.json).toBe(
		'{"entry":[{"id":"1","time":5,"changes":[{"value":{"n":17841405309211845,"m":1.0},"field":"x"}]}],"object":"instagram"}',
	);
});
