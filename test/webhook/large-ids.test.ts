import { expect, test } from "vitest";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";

const parse = (text: string) => parseDelivery(Buffer.from(text)).changes;
const comment = (account: string, id: string) =>
	`{"object":"instagram","entry":[{"id":${account},"time":1.5,"changes":[{"field":"comments","value":{"id":${id},"text":"call 17900000000000001 : 2"}}]}]}`;

test("two numbers that a double rounds to one stay two comments", () => {
	const [one] = parse(comment("17841405309211845", "17900000000000001"));
	const [two] = parse(comment("17841405309211845", "17900000000000002"));
	if (!one || !two) throw new Error("no changes");
	expect(one).toEqual({
		accountId: "17841405309211845",
		field: "comments",
		time: 1.5,
		value: { id: "17900000000000001", text: "call 17900000000000001 : 2" },
	});
	expect(duplicateKey(one)).not.toBe(duplicateKey(two));
});

test("a number that fits, and a number that is no id, stay numbers", () => {
	const [change] = parse(comment("1", "9007199254740991"));
	expect(change?.value).toMatchObject({ id: 9007199254740991 });
	expect(parse(comment("1", "1234567890123456000.5"))[0]?.value).toMatchObject({
		id: Number("1234567890123456000.5"),
	});
});
