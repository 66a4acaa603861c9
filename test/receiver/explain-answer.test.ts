import { expect, test } from "vitest";
import { explainAnswer } from "../../src/receiver/explain-answer.ts";

test.each([
	[200, "", undefined],
	[200, "EVENT_RECEIVED", undefined],
	[202, "", "Meta's documents ask for 200; 202 may be taken as a failure"],
	[204, "", "Meta's documents ask for 200; 204 may be taken as a failure"],
	[301, "", "redirects are not followed: answer at the callback URL itself"],
	[308, "", "redirects are not followed: answer at the callback URL itself"],
	[400, "", "the receiver answered 400 without a text; see its log"],
	[
		400,
		"entry is missing\nsecond line",
		"the receiver answered 400: entry is missing",
	],
	[
		401,
		"",
		"the receiver refused the signature; is the app secret the same on both sides?",
	],
	[
		403,
		"",
		"the receiver refused the signature, or a login or firewall protects the route",
	],
	[404, "", "nothing answers at this path; is it the webhook route?"],
	[405, "", "the route does not accept POST"],
	[
		413,
		"",
		"the body exceeds the receiver's limit; Meta's batches reach hundreds of kilobytes",
	],
	[415, "", "the route does not accept application/json"],
	[429, "", "the receiver limits its callers; Meta delivers in bursts"],
	[418, "", "the receiver answered 418 without a text; see its log"],
	[418, "short and stout", "the receiver answered 418: short and stout"],
	[500, "", "the receiver failed with 500; see its log"],
	[502, " \n ", "the receiver failed with 502; see its log"],
	[
		500,
		"\nTypeError: x is undefined\r\n    at handler",
		"the receiver failed: TypeError: x is undefined | at handler",
	],
	[500, "one\ntwo\n\nthree\nfour", "the receiver failed: one | two | three"],
	[
		500,
		"<!DOCTYPE html>\n<title>Error</title><body>\n<pre>Error: boom<br> &nbsp; &nbsp;at handler</pre>",
		"the receiver failed: Error: boom | at handler",
	],
	[500, "e".repeat(300), `the receiver failed: ${"e".repeat(200)}`],
	[
		502,
		'<html><head><title>502</title></head><body><center><h1 class="a">502 <b>Bad</b> Gateway</h1></center></body></html>',
		"the receiver failed: 502 Bad Gateway",
	],
	[500, "<!DOCTYPE html>\n<title>Error</title>", "the receiver failed: Error"],
	[
		400,
		"<p>&lt;b&gt;</p>",
		"the receiver answered 400 without a text; see its log",
	],
	[400, "<rss> is not JSON", "the receiver answered 400: <rss> is not JSON"],
])("%i %j", (status, body, hint) => {
	expect(explainAnswer(status, body)).toBe(hint);
});
