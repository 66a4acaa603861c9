import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanPasted, kindOf } from "../../../src/commands/init/pasted.ts";

const token = "EAABsbCS1iHgBO7Tq=";

test.each([
	["  1000  ", "1000"],
	["'1000'", "1000"],
	['"1000",', "1000"],
	["“1000”", "1000"],
	["`1000`;", "1000"],
	["IGWH_APP_ID=1000", "1000"],
	["export IGWH_APP_ID='1000'", "1000"],
	["App_ID: 1000", "1000"],
	['"access_token": "EAAB",', "EAAB"],
	["\u200b1000\u00a0\n", "1000"],
	["\ufeff1000\r", "1000"],
	[token, token],
	[`${"a".repeat(60)}=b`, `${"a".repeat(60)}=b`],
	["1000|0a1b", "1000|0a1b"],
	["IGWH_APP_ID=", "IGWH_APP_ID="],
	["'", "'"],
	["", ""],
])("%j is %j", (pasted, value) => {
	expect(cleanPasted(pasted)).toBe(value);
});

test("what is clean stays as it is, however often it is cleaned", () => {
	fc.assert(
		fc.property(
			fc.stringMatching(/^[A-Za-z0-9_|-]{1,200}$/),
			(value) =>
				cleanPasted(value) === value &&
				cleanPasted(`NAME="${value}"`) === value &&
				cleanPasted(` '${value}' `) === value,
		),
	);
});

test.each([
	["1000000000000001", "an app id"],
	["5A4db0c55a4db0c55a4db0c55a4db0c5", "an app secret"],
	["17841405726653026", "the id of an Instagram account"],
	["EAASandboxUserToken", "an access token"],
	["IGAASandboxInstagramToken", "an access token"],
	["1000|5a4db0c55a4db0c5", "an app access token"],
	["my-verify-token", undefined],
	["", undefined],
])("%s is %s", (value, kind) => {
	expect(kindOf(value)).toBe(kind);
});
