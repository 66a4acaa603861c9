import fc from "fast-check";
import { expect, test } from "vitest";
import { readings } from "../../src/cli/decoded-text.ts";
import { maskSecrets, maskSecretsIn } from "../../src/cli/mask-secrets.ts";
import { maskedJsonLine } from "../../src/cli/masked-json.ts";

test.each([
	["wherever a long one stands", "a1b2c3d4xx", ["a1b2c3d4"], "[redacted]xx"],
	["every time", "a1b2c3d4 a1b2c3d4", ["a1b2c3d4"], "[redacted] [redacted]"],
	["in an app token", "1|a1b2c3d4", ["a1b2c3d4"], "1|[redacted]"],
	[
		"a short one as a word",
		"token=x, x!",
		["x"],
		"token=[redacted], [redacted]!",
	],
	["but not inside another word", "as expected", ["x"], "as expected"],
	["whatever it is made of", "(a.*b)", ["a.*b"], "([redacted])"],
	["none where there are none", "plain", [], "plain"],
])("%s", (_, text, values, shown) => {
	expect(maskSecrets(text, values)).toBe(shown);
});

/** Every way in which a secret left igwh, or may. */
const spellings: Readonly<Record<string, (secret: string) => string>> = {
	plain: (secret) => secret,
	"for a URL": encodeURIComponent,
	"for a URL, lower case": (secret) =>
		encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
	"every byte for a URL": (secret) =>
		Buffer.from(secret)
			.toString("hex")
			.replace(/../g, (byte) => `%${byte}`),
	"as a form": (secret) => new URLSearchParams({ secret }).toString(),
	"in a URL": (secret) => new URL(`/?t=${encodeURI(secret)}`, "http://a").href,
	"in JSON": (secret) => JSON.stringify({ secret }),
	"in JSON in JSON": (secret) => JSON.stringify(JSON.stringify([secret])),
	"in JSON, ASCII only": (secret) =>
		JSON.stringify(secret).replace(
			/[^ -~]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
		),
	"a URL in JSON": (secret) => JSON.stringify(encodeURIComponent(secret)),
	"in HTML": (secret) =>
		secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
	"in Base64": (secret) => Buffer.from(secret).toString("base64"),
	"in Base64 for URLs": (secret) => Buffer.from(secret).toString("base64url"),
	"as a password": (secret) => Buffer.from(`me:${secret}`).toString("base64"),
	"as a password of u": (secret) =>
		Buffer.from(`u:${secret}@a`).toString("base64"),
	"its beginning": (secret) => secret.slice(0, -1),
};

const awkward = [
	"5a4db0c55a4db0c55a4db0c55a4db0c5",
	'a quote" and a \\ and a /',
	"50%+more & <less> 'so'",
	"$.*+?()[]{}|^-token",
	"пароль-密码-🔑🔑🔑",
	"with%20escapes\\u0041%41",
	"   spaces   inside   it",
];

test.each(Object.entries(spellings))("%s, it is masked", (_, spell) => {
	for (const secret of awkward) {
		const shown = maskSecrets(`before ${spell(secret)} behind`, [secret]);
		expect(shown).toMatch(/^before .*\[redacted\].* behind$/);
		for (const { text } of readings(shown))
			expect(text).not.toContain(secret.slice(0, 8));
		expect(shown).not.toContain(spell(secret).slice(0, -3));
	}
});

test("no spelling of any secret leaves, and JSON stays JSON", () => {
	fc.assert(
		fc.property(
			fc.string({ unit: "grapheme", minLength: 9, maxLength: 40 }),
			fc.constantFrom(...Object.values(spellings)),
			(secret, spell) => {
				fc.pre(new Set(secret).size > 3 && !/\p{Cs}/u.test(secret));
				const said = { type: "said", text: spell(secret) };
				const shown = maskedJsonLine(said, [secret]);
				expect(JSON.parse(shown).type).toBe("said");
				expect(shown).toContain("[redacted]");
				expect(shown).not.toContain(secret);
			},
		),
		{ numRuns: 500 },
	);
});

test("a secret does not reach beyond the string it stands in", () => {
	const secret = '      #$"';
	const shown = maskedJsonLine({ text: secret.slice(0, -1) }, [secret]);
	expect(shown).toBe('{"text":"[redacted]"}');
});

test("every string of a value is masked", () => {
	expect(
		maskSecretsIn({ a: ["1|a1b2c3d4", 2, null], b: true }, ["a1b2c3d4"], "***"),
	).toEqual({ a: ["1|***", 2, null], b: true });
});
