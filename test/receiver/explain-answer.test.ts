import { expect, test } from "vitest";
import { explainAnswer } from "../../src/receiver/explain-answer.ts";

test.each([
	[200, "", undefined],
	[200, "EVENT_RECEIVED", undefined],
	[202, "", "Meta's documents ask for 200; 202 may be taken as a failure"],
	[204, "", "Meta's documents ask for 200; 204 may be taken as a failure"],
	[301, "", "redirects are not followed: answer at the callback URL itself"],
	[308, "", "redirects are not followed: answer at the callback URL itself"],
	[
		400,
		"",
		"does your app verify the raw bytes? A body that was parsed and printed again has another signature",
	],
	[
		401,
		"",
		"the signature was refused: is the app secret the same on both sides, and is it checked over the raw bytes?",
	],
	[
		403,
		"",
		"the signature was refused, or the route is protected by a login or a firewall",
	],
	[404, "", "nothing answers at this path: is it the webhook route?"],
	[405, "", "the route does not take POST"],
	[
		413,
		"",
		"the body is over the receiver's limit; Meta's batches reach hundreds of kilobytes",
	],
	[415, "", "the route does not take application/json"],
	[429, "", "the receiver limits its callers; Meta delivers in bursts"],
	[418, "", "a receiver answers 200 to every delivery it takes"],
	[500, "", "the receiver failed with 500: look at its log"],
	[502, " \n ", "the receiver failed with 502: look at its log"],
	[
		500,
		"\nTypeError: x is undefined\r\n    at handler",
		"the receiver failed: TypeError: x is undefined | at handler",
	],
	[500, "one\ntwo\n\nthree\nfour", "the receiver failed: one | two | three"],
	[
		500,
		"<!DOCTYPE html>\n<body>\n<pre>Error: boom<br> &nbsp; &nbsp;at handler</pre>",
		"the receiver failed: Error: boom | at handler",
	],
	[500, "e".repeat(300), `the receiver failed: ${"e".repeat(200)}`],
	[
		500,
		"<!DOCTYPE html>\n<title>Error</title>",
		"the receiver failed with 500: look at its log",
	],
])("%i %j", (status, body, hint) => {
	expect(explainAnswer(status, body)).toBe(hint);
});
