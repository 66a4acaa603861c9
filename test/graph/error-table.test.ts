import { describe, expect, test } from "vitest";
import { meaningOf } from "../../src/graph/error-table.ts";

const failure = {
	status: 400,
	code: 0,
	subcode: 0,
	message: "",
	transient: false,
};

describe.each([
	[
		"object",
		[9, 24, 100, 352, 506, 803, 2200, 2201, 9004, 9007, 36000, 1609005],
	],
	["token", [10, 102, 104, 190, 200, 210, 250, 299, 368]],
	["app", [3, 15, 101, 2500]],
	[
		"moment",
		[-2, -1, 0, 1, 2, 4, 17, 32, 341, 613, 80000, 80001, 80002, 80006, 80014],
	],
	["moment", [300, 99999]],
] as const)("about the %s", (about, codes) => {
	test.each(codes)("code %i", (code) => {
		expect(meaningOf({ ...failure, code }).about).toBe(about);
	});
});

test.each([
	["an expired token", { code: 190, subcode: 463 }, "token"],
	["an account blocked as spam", { code: 4, subcode: 2207051 }, "token"],
	[
		"too few viewers",
		{ code: 10, message: "(#10) Not enough viewers" },
		"object",
	],
	[
		"a wrong client secret",
		{ code: 1, message: "Error validating client secret." },
		"app",
	],
	[
		"no token",
		{ code: 2500, message: "An active access token must be used" },
		"token",
	],
	[
		"a wrong proof",
		{ code: 100, message: "Invalid appsecret_proof provided" },
		"app",
	],
	["an unknown field", { code: 100, message: "nonexisting field (x)" }, "app"],
	["no such object", { code: 100, subcode: 33 }, "object"],
	["a passing failure of any code", { code: 100, transient: true }, "moment"],
	["a failed server, whatever it says", { code: 190, status: 500 }, "moment"],
	[
		"a limit, which Meta calls transient",
		{ code: 4, transient: true },
		"moment",
	],
] as const)("%s", (_, given, about) => {
	expect(meaningOf({ ...failure, ...given }).about).toBe(about);
});

test("a limit stays a limit, whatever its status", () => {
	expect(meaningOf({ ...failure, code: 4, status: 503 }).kind).toBe(
		"rate-limit",
	);
});

test("what each code means, and what helps", () => {
	const codes = [
		[-2],
		[-1],
		[1],
		[2],
		[3],
		[4],
		[4, 2207051],
		[9],
		[10],
		[15],
		[17],
		[24],
		[32],
		[100],
		[100, 33],
		[101],
		[102],
		[104],
		[190],
		[190, 458],
		[190, 459],
		[190, 460],
		[190, 463],
		[190, 464],
		[190, 467],
		[190, 492],
		[200],
		[210],
		[299],
		[341],
		[352],
		[368],
		[506],
		[613],
		[803],
		[2200],
		[2201],
		[2500],
		[9004],
		[9007],
		[36000],
		[79999],
		[80000],
		[80001],
		[80002],
		[80006],
		[80014],
		[80015],
		[1609005],
	] as const;
	const shown = codes.map(([code, subcode = 0]) => {
		const { about, kind, hint } = meaningOf({ ...failure, code, subcode });
		return `${code}/${subcode} ${about} ${kind}: ${hint}`;
	});
	const messages = [
		[1, "Error validating client secret."],
		[10, "(#10) Not enough viewers"],
		[100, "Invalid appsecret_proof provided"],
		[100, "nonexisting field (x)"],
		[190, "This method must be called with a Page Access Token"],
		[190, "Invalid OAuth access token - Cannot parse access token"],
		[2500, "An active access token must be used"],
	] as const;
	const byMessage = messages.map(([code, message]) => {
		const { about, kind, hint } = meaningOf({ ...failure, code, message });
		return `${code} ${message} ${about} ${kind}: ${hint}`;
	});
	expect([...shown, ...byMessage].join("\n")).toMatchSnapshot();
});

test("every meaning has a next step", () => {
	for (let code = -2; code < 3000; code++)
		expect(meaningOf({ ...failure, code }).hint).not.toBe("");
});
