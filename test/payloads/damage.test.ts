import { expect, test } from "vitest";
import { damagedHeaders, tampered } from "../../src/payloads/damage.ts";
import type { Signing } from "../../src/payloads/variants.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";
import { verifySignature } from "../../src/webhook/signature.ts";

const body = Buffer.from('{"object": "instagram"}');
const secret = "the-app-secret";
const headers = (sign: Signing | undefined, style = "changes" as const) =>
	damagedHeaders(body, style, { sign, secret });
const good = deliveryHeaders(body, "changes", secret);

test.each<[Signing | undefined, string[]]>([
	[undefined, ["X-Hub-Signature", "X-Hub-Signature-256"]],
	["both", ["X-Hub-Signature", "X-Hub-Signature-256"]],
	["sha1", ["X-Hub-Signature"]],
	["none", []],
	["wrong", ["X-Hub-Signature", "X-Hub-Signature-256"]],
])("signed %s, only its signatures change", (sign, names) => {
	const signatures = ([name]: readonly [string, string]) =>
		name.startsWith("X-Hub-");
	expect(
		headers(sign)
			.filter(signatures)
			.map(([name]) => name),
	).toEqual(names);
	expect(headers(sign).filter((one) => !signatures(one))).toEqual(
		good.filter((one) => !signatures(one)),
	);
	if (sign !== "wrong")
		for (const header of headers(sign)) expect(good).toContainEqual(header);
});

test("a wrong signature is one made with another secret, never with none", () => {
	const secrets = ["", secret, `not ${secret}`].map((value) => ({
		name: value,
		value,
	}));
	expect(verifySignature(body, headers("wrong"), secrets)).toMatchObject({
		valid: true,
		secret: `not ${secret}`,
	});
});

test.each(["0", "1", "f"])(
	"a signature that begins with %s is not the same once tampered with",
	(digit) => {
		const value = `sha256=${digit}${"a".repeat(63)}`;
		const { headers, body: same } = tampered(
			{ body, headers: [["X-Hub-Signature-256", value]] },
			"signature",
		);
		expect(same).toBe(body);
		expect(headers[0]?.[1]).toMatch(/^sha256=[01]a{63}$/);
		expect(headers[0]?.[1]).not.toBe(value);
	},
);
