import { expect, test } from "vitest";
import type { Input } from "../../src/cli/input.ts";
import { commands } from "../../src/commands/commands.ts";
import { assignment } from "../../src/commands/replay/assignment.ts";
import { expectedStatus } from "../../src/commands/replay/expected-status.ts";
import { messageTemplate } from "../../src/commands/reply/message-template.ts";
import { settings } from "../../src/config/settings.ts";
import {
	deliveredField,
	instagramField,
	pageField,
} from "../../src/readers/field.ts";
import { header } from "../../src/readers/header.ts";
import { apiVersion, contentId, deliveryId, id } from "../../src/readers/id.ts";
import { subdomain, username } from "../../src/readers/name.ts";
import { integer, port } from "../../src/readers/number.ts";
import { onOrOff } from "../../src/readers/on-or-off.ts";
import { type Reader, readAt } from "../../src/readers/reader.ts";
import { path, text, token, verifyToken } from "../../src/readers/text.ts";
import { duration, timeBound } from "../../src/readers/time.ts";
import {
	baseUrl,
	forwardUrl,
	httpUrl,
	publicUrl,
	receiverUrl,
	serverUrl,
} from "../../src/readers/url.ts";

const place = (typed: string) => `--flag ${typed}`;

test.each<[Reader<unknown>, string, unknown]>([
	[port, "0", 0],
	[port, "65535", 65_535],
	[integer(1, 9), "9", 9],
	[id, "17841405309211844", "17841405309211844"],
	[contentId, "d12", "d12"],
	[deliveryId, "d12", "d12"],
	[apiVersion, "v25.0", "v25.0"],
	[forwardUrl, "3000", new URL("http://127.0.0.1:3000")],
	[forwardUrl, "/hooks", new URL("http://127.0.0.1:3000/hooks")],
	[forwardUrl, "localhost:8080/x", new URL("http://localhost:8080/x")],
	[forwardUrl, "http://me:pw@a.test", new URL("http://me:pw@a.test")],
	[receiverUrl, "3000", "http://127.0.0.1:3000/webhook"],
	[receiverUrl, "http://a.test/x?y", "http://a.test/x?y"],
	[httpUrl, "https://a.test/x", "https://a.test/x"],
	[baseUrl, "http://a.test:80/x/", "http://a.test/x"],
	[baseUrl, "HTTPS://Graph.Facebook.com/", "https://graph.facebook.com"],
	[serverUrl, "https://a.test/x", "https://a.test"],
	[publicUrl, "https://a.test/x/webhook/", "https://a.test/x"],
	[header, "X-Debug:  1", ["X-Debug", "1"]],
	[header, "X-Empty:", ["X-Empty", ""]],
	[duration, "30d", 2_592_000_000],
	[timeBound, "2h", { ago: 7_200_000 }],
	[instagramField, "mentions", "mentions"],
	[pageField, "feed", "feed"],
	[deliveredField, "messages", "messages"],
	[verifyToken, "a-Z_0.~", "a-Z_0.~"],
	[verifyToken, "x".repeat(64), "x".repeat(64)],
	[subdomain, "My-Name", "my-name"],
	[username, "@Some.One", "Some.One"],
	[assignment, "a.b=c=d", "a.b=c=d"],
	[assignment, "a:={}", "a:={}"],
	[onOrOff, "off", false],
	[onOrOff, "ON", true],
	[onOrOff, "", false],
	[text("x"), " a ", " a "],
	[path("x"), "a b", "a b"],
	[token, 'it\'s "awkward"', 'it\'s "awkward"'],
])("%# %j is read", (reader, typed, value) => {
	expect(readAt(place, typed, reader)).toEqual(value);
});

const noUrl =
	"--flag nowhere is not a URL; give a port, a path on port 3000, or a full URL: --flag 3000";

test.each<[Reader<unknown>, string, string]>([
	[forwardUrl, "nowhere", noUrl],
	[
		httpUrl,
		"http://user:pw@a.test",
		"--flag the URL contains a user name or password; give the URL without them: --flag https://name.example/webhook",
	],
	[
		port,
		"65536",
		"--flag 65536 is not a port; give a number up to 65535; 0 takes a free port: --flag 7300",
	],
	[
		integer(1, 9),
		"1.5",
		"--flag 1.5 is not an integer from 1 to 9; give one: --flag 1",
	],
	[
		id,
		"1)x",
		"--flag 1)x is not a valid id; give its digits: --flag 17841405309211844",
	],
	[
		deliveryId,
		"12",
		"--flag 12 is not the id of a delivery; to list the ids: igwh events",
	],
	[
		apiVersion,
		"25",
		"--flag 25 is not a Graph API version; give v and two numbers: --flag v25.0",
	],
	[
		publicUrl,
		"http://a.test",
		"--flag http://a.test is not an https URL; give the public address; Meta only calls https: --flag https://name.example",
	],
	[
		baseUrl,
		"foo",
		"--flag foo is not a URL; give a full URL: --flag https://graph.facebook.com",
	],
	[
		header,
		"X Debug: 1",
		"--flag X Debug: 1 is not a header; give a name and a value: --flag X-Debug: 1",
	],
	[
		header,
		"X-Hub-Signature-256: x",
		"--flag X-Hub-Signature-256: x would replace Meta's signature; to test how your app checks signatures, send a forged one: igwh replay mentions --tamper signature",
	],
	[
		duration,
		"999999999w",
		"--flag 999999999w is not a duration; give a number with ms, s, m, h, d or w, at most 100 years: --flag 30s",
	],
	[
		instagramField,
		"mentoins",
		"--flag mentoins is not a field of the instagram object; did you mean: --flag mentions",
	],
	[
		deliveredField,
		"mention",
		"--flag mention is not an Instagram field; did you mean: --flag mentions",
	],
	[
		expectedStatus,
		"ok",
		"--flag ok is not a status; give a status, a class such as 2xx, or several: --flag 401|403",
	],
	[
		messageTemplate,
		"Hi {{username}!",
		"--flag Hi {{username}! has an unmatched {{; give names between {{ and }}: --flag Thanks @{{username}}!",
	],
	[
		messageTemplate,
		"{{usrname}}",
		"--flag {{usrname}} is not a placeholder; did you mean: --flag {{username}}",
	],
	[
		verifyToken,
		"x".repeat(65),
		"--flag xxxxxxxxxxxxxxxx… has 65 characters; Meta accepts at most 64; choose another one, and give the same to the App Dashboard: at most 64 letters, digits, -, _, . and ~",
	],
	[
		verifyToken,
		"a+b",
		"--flag a+b has characters other than letters, digits, -, _, . and ~; choose another one, and give the same to the App Dashboard: at most 64 letters, digits, -, _, . and ~",
	],
	[
		onOrOff,
		"maybe",
		"--flag maybe is neither on nor off; give 1 or 0: --flag 1",
	],
])("%# %j is refused", (reader, typed, said) => {
	let refusal: unknown;
	try {
		readAt(place, typed, reader);
	} catch (error) {
		refusal = error;
	}
	expect(refusal).toMatchObject({ code: "usage" });
	const { message, hint } = refusal as { message: string; hint: string };
	expect(`${message}; ${hint}`).toBe(said);
});

test("every reader accepts its own example", () => {
	const inputs = commands.flatMap(({ inputs }) =>
		Object.values(inputs as Record<string, Input<unknown>>),
	);
	for (const reader of [
		...inputs,
		...Object.values(settings).map(({ reader }) => reader),
	])
		expect(() => reader.read(reader.example)).not.toThrow();
});
