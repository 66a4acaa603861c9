import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeaderList } from "../../src/http.ts";
import { sign, verifySignature } from "../../src/webhook/signature.ts";
import { vectorSecret, vectors } from "../support/vectors.ts";

const [{ wire, sha1, sha256 }] = vectors;
const body = Buffer.from(wire);
const secrets = [{ name: "IGWH_APP_SECRET", value: vectorSecret }];

const in256 = (value: string): HeaderList => [["X-Hub-Signature-256", value]];
const in1 = (value: string): HeaderList => [["X-Hub-Signature", value]];

const good = {
	sha256: { valid: true, algorithm: "sha256", secret: "IGWH_APP_SECRET" },
	sha1: { valid: true, algorithm: "sha1", secret: "IGWH_APP_SECRET" },
};
const malformed = {
	sha256: {
		valid: false,
		algorithm: "sha256",
		reason: "X-Hub-Signature-256 is not sha256= and 64 lowercase hex digits",
	},
	sha1: {
		valid: false,
		algorithm: "sha1",
		reason: "X-Hub-Signature is not sha1= and 40 lowercase hex digits",
	},
};
const notOurs = {
	sha256: {
		valid: false,
		algorithm: "sha256",
		reason:
			"Signature does not match the IGWH_APP_SECRET: wrong secret, or body altered",
	},
	sha1: {
		valid: false,
		algorithm: "sha1",
		reason:
			"Signature does not match the IGWH_APP_SECRET: wrong secret, or body altered",
	},
};
const missing = { valid: false, reason: "no X-Hub-Signature-256 header" };
const twice = {
	valid: false,
	algorithm: "sha256",
	reason: "X-Hub-Signature-256 was sent twice",
};

test.each([
	["a good sha256", in256(`sha256=${sha256}`), good.sha256],
	["a good sha1 alone", in1(`sha1=${sha1}`), good.sha1],
	[
		"both good",
		[...in1(`sha1=${sha1}`), ...in256(`sha256=${sha256}`)],
		good.sha256,
	],
	[
		"a bad sha1 beside a good sha256",
		[...in1(`sha1=${"0".repeat(40)}`), ...in256(`sha256=${sha256}`)],
		good.sha256,
	],
	[
		"a bad sha256 beside a good sha1",
		[...in1(`sha1=${sha1}`), ...in256(`sha256=${"0".repeat(64)}`)],
		notOurs.sha256,
	],
	[
		"an empty sha256 beside a good sha1",
		[...in1(`sha1=${sha1}`), ...in256("")],
		malformed.sha256,
	],
	["another secret's", in256(sign(body, "another secret")), notOurs.sha256],
	[
		"another body's",
		in256(sign(Buffer.from("{}"), vectorSecret)),
		notOurs.sha256,
	],
	["a sha1 with something before it", in1(`x sha1=${sha1}`), malformed.sha1],
	["a sha1 with something after it", in1(`sha1=${sha1} x`), malformed.sha1],
	["a sha1 of nothing", in1(`sha1=${"0".repeat(40)}`), notOurs.sha1],
	["none", [["Content-Type", "application/json"]], missing],
	["no headers at all", [], missing],
	["an empty value", in256(""), malformed.sha256],
	["the prefix alone", in256("sha256="), malformed.sha256],
	["no prefix", in256(sha256), malformed.sha256],
	["the other prefix", in256(`sha1=${sha256}`), malformed.sha256],
	["a prefix in capitals", in256(`SHA256=${sha256}`), malformed.sha256],
	["one digit short", in256(`sha256=${sha256.slice(1)}`), malformed.sha256],
	["one digit long", in256(`sha256=${sha256}0`), malformed.sha256],
	["cut to sha1's length", in1(`sha1=${sha256}`), malformed.sha1],
	["no hex", in256(`sha256=${"g".repeat(64)}`), malformed.sha256],
	[
		"hex in capitals",
		in256(`sha256=${sha256.toUpperCase()}`),
		malformed.sha256,
	],
	["white space in front", in256(` sha256=${sha256}`), malformed.sha256],
	["a line feed behind", in256(`sha256=${sha256}\n`), malformed.sha256],
	[
		"characters beyond ASCII",
		in256(`sha256=${"é".repeat(64)}`),
		malformed.sha256,
	],
	[
		"the header twice",
		[...in256(`sha256=${sha256}`), ...in256(`sha256=${sha256}`)],
		twice,
	],
	[
		"the header twice in two cases",
		[
			["x-hub-signature-256", `sha256=${sha256}`],
			["X-HUB-SIGNATURE-256", `sha256=${"0".repeat(64)}`],
		],
		twice,
	],
	[
		"a header name in lower case",
		[["x-hub-signature-256", `sha256=${sha256}`]],
		good.sha256,
	],
	[
		"a header name in capitals",
		[["X-HUB-SIGNATURE", `sha1=${sha1}`]],
		good.sha1,
	],
] satisfies [string, HeaderList, object][])("%s", (_name, headers, verdict) => {
	expect(verifySignature(body, headers, secrets)).toEqual(verdict);
});

describe("with several secrets", () => {
	const several = [
		{ name: "IGWH_APP_SECRET", value: "first" },
		{ name: "IGWH_INSTAGRAM_APP_SECRET", value: "second" },
		{ name: "the same again", value: "second" },
	];

	test.each([
		["first", "IGWH_APP_SECRET"],
		["second", "IGWH_INSTAGRAM_APP_SECRET"],
	])("%s matches as %s", (value, secret) => {
		expect(verifySignature(body, in256(sign(body, value)), several)).toEqual({
			valid: true,
			algorithm: "sha256",
			secret,
		});
	});

	test.each([
		[2, "neither configured secret"],
		[3, "none of the configured secrets"],
	])("another one matches none of %i", (count, which) => {
		expect(
			verifySignature(body, in256(sign(body, "x")), several.slice(0, count)),
		).toEqual({
			valid: false,
			algorithm: "sha256",
			reason: `Signature matches ${which}: wrong secret, or body altered`,
		});
	});

	test("none at all cannot check", () => {
		expect(verifySignature(body, in256(`sha256=${sha256}`), [])).toEqual({
			valid: false,
			algorithm: "sha256",
			reason: "no app secret to check it with",
		});
	});
});

const reprinted = vectors.filter(({ restringified }) => restringified);

test.each(reprinted)(
	"$name, parsed and printed again, has another signature",
	({ wire, sha256, restringified }) => {
		const original = Buffer.from(wire);
		const printed = Buffer.from(JSON.stringify(JSON.parse(wire)));
		expect(sign(printed, vectorSecret)).toBe(`sha256=${restringified}`);
		const verdicts = [
			verifySignature(original, in256(`sha256=${sha256}`), secrets),
			verifySignature(original, in256(`sha256=${restringified}`), secrets),
			verifySignature(printed, in256(`sha256=${sha256}`), secrets),
		];
		expect(verdicts).toEqual([good.sha256, notOurs.sha256, notOurs.sha256]);
	},
);

test("any bytes sign and verify, and any flipped bit is refused", () => {
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
	fc.assert(
		fc.property(
			bytes,
			fc.nat(),
			fc.integer({ min: 0, max: 7 }),
			(sent, at, bit) => {
				const headers = in256(sign(sent, vectorSecret));
				const received = Uint8Array.from(sent);
				const index = at % sent.length;
				received[index] = (sent[index] as number) ^ (1 << bit);
				expect(verifySignature(sent, headers, secrets)).toEqual(good.sha256);
				expect(verifySignature(received, headers, secrets)).toEqual(
					notOurs.sha256,
				);
			},
		),
	);
});
