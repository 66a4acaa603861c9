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
			json: '{"entry":[{"id":"1","time":5,"changes":[{"value":{},"field":"mentions"}]}],"object":"instagram"}',
			faithful: false,
			original: {
				body: Buffer.from("abc"),
				headers: [["X-Hub-Signature-256", "sha256=00"]],
			},
		},
	]);
});
