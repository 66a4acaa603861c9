import { expect, test } from "vitest";
import { hideSecrets } from "../../src/output/hide-secrets.ts";

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
	expect(hideSecrets(text, values)).toBe(shown);
});
