import { describe, expect, test } from "vitest";
import type { GraphCall } from "../../src/graph/graph-call.ts";
import { foreignAnswer, graphError } from "../../src/graph/graph-error.ts";
import { textResponse } from "../../src/http.ts";

const call: GraphCall<unknown> = {
	method: "GET",
	path: "/1",
	parameters: {},
	token: "page",
	read: (answer) => answer,
};
const refusal = (error: object, status = 400, usage = "") =>
	graphError(
		{
			...textResponse(status, ""),
			headers: [["x-business-use-case-usage", usage]],
		},
		{ error },
		call,
	);

describe("a refusal", () => {
	test.each([
		[{ code: 190 }, 400, true],
		[{ code: 200 }, 403, true],
		[{ code: 3 }, 400, true],
		[{ code: 4 }, 400, true],
		[{ code: 80_002 }, 403, true],
		[{ code: 100, error_subcode: 33 }, 400, false],
		[{ code: 1 }, 400, false],
		[{ code: 2 }, 503, false],
		[{ code: 190 }, 500, false],
		[{ code: 99_999 }, 400, false],
	])("%j with %i would meet every other call: %s", (error, status, every) => {
		expect(refusal(error, status).affectsEveryCall).toBe(every);
	});

	test.each([
		[{ code: -2 }, 400, true],
		[{ code: -1 }, 400, true],
		[{ code: 1 }, 400, true],
		[{ code: 2 }, 400, true],
		[{ code: 1, message: "Error validating client secret." }, 400, false],
		[{ code: 100, is_transient: true }, 400, true],
		[{ code: 100, is_transient: "true" }, 400, false],
		// Meta calls its limits transient too, and does nothing.
		[{ code: 4, is_transient: true }, 403, false],
		[{ code: 100 }, 400, false],
		[{ code: 99_999 }, 400, false],
		[{ code: 100 }, 499, false],
		[{ code: 100 }, 500, true],
	])("%j with %i may have had its effect: %s", (error, status, unknown) => {
		expect(refusal(error, status).outcomeUnknown).toBe(unknown);
	});

	test.each([
		[{ code: 100, message: "no" }, "no (code 100)"],
		[{ code: 100, error_subcode: 33, message: "no" }, "no (code 100/33)"],
		[
			{ code: 100, error_subcode: 33, message: "(#100) no" },
			"(#100) no (code 100/33)",
		],
		[{ code: 100, message: "(#100) no" }, "(#100) no"],
		[
			{ code: 100, message: "(#100) no", fbtrace_id: "AbC" },
			"(#100) no (trace AbC)",
		],
		[
			{ code: 190, error_subcode: 463, message: "no", fbtrace_id: "AbC" },
			"no (code 190/463, trace AbC)",
		],
		[
			{ code: 368, message: "no", error_user_msg: "You were too quick." },
			"no — You were too quick. (code 368)",
		],
		[{ message: "no", error_user_msg: "no" }, "no"],
		[{ message: "no" }, "no"],
		[{ code: "x" }, "HTTP 400"],
	])("%j says what Meta said, and its code", (error, said) => {
		expect(refusal(error).message).toBe(`Meta refused GET /1: ${said}`);
	});

	test("takes its trace from the header where the error has none", () => {
		expect(
			graphError(
				{ ...textResponse(400, ""), headers: [["X-FB-Trace-ID", "HdR"]] },
				{ error: { code: 1, message: "no" } },
				call,
			).message,
		).toBe("Meta refused GET /1: no (code 1, trace HdR)");
	});

	test("of an upload names its message elsewhere", () => {
		expect(
			graphError(textResponse(400, ""), { error_message: "too long" }, call)
				.message,
		).toBe("Meta refused GET /1: too long");
	});

	test("says how long a limit lasts, where it is one", () => {
		const usage = JSON.stringify({
			1: [
				{ type: "messenger", estimated_time_to_regain_access: 3 },
				{ type: "pages", estimated_time_to_regain_access: 9 },
				{ type: "pages", estimated_time_to_regain_access: "soon" },
			],
		});
		const hint = (code: number) => refusal({ code }, 400, usage).hint;
		expect(hint(80_006)).toBe(
			"wait 3 minutes, then run the command again; --wait does both",
		);
		expect(hint(80_001)).toBe(
			"wait 9 minutes, then run the command again; --wait does both",
		);
		expect(hint(100)).toBe("correct the parameter that the message names");
	});
});

test.each([
	[200, "page", { about: "app", code: "graph", outcomeUnknown: true }],
	[302, "redirect", { about: "app", code: "graph", outcomeUnknown: false }],
	[300, "redirect", { about: "app", code: "graph", outcomeUnknown: false }],
	[399, "redirect", { about: "app", code: "graph", outcomeUnknown: false }],
	[400, "page", { about: "app", code: "graph", outcomeUnknown: true }],
	[407, "page", { about: "app", code: "graph", outcomeUnknown: true }],
	[499, "page", { about: "app", code: "graph", outcomeUnknown: true }],
	[500, "page", { about: "moment", code: "graph", outcomeUnknown: true }],
	[502, "page", { about: "moment", code: "graph", outcomeUnknown: true }],
])("%i with a %s is not Meta's: %o", (status, shown, expected) => {
	const error = foreignAnswer(textResponse(status, ""), shown, call);
	expect(error).toMatchObject({
		...expected,
		status,
		message: `GET /1 was answered ${status} ${shown}`,
		hint: expect.stringContaining(
			status >= 500 ? "run the command again later" : "check the proxy",
		),
	});
});
