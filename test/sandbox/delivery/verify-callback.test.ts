import { expect, test } from "vitest";
import { type Handler, textResponse } from "../../../src/http.ts";
import { handshakeHeaders } from "../../../src/webhook/meta-request.ts";
import { UnreachableError } from "../../../src/world.ts";
import {
	appId,
	appToken,
	callbackUrl,
	startSandbox,
} from "../../support/sandbox-world.ts";

async function subscribeTo(receiver: Handler, url = callbackUrl) {
	const { receivers, refusal, sent, log } = startSandbox();
	receivers.set(new URL(callbackUrl).origin, receiver);
	const answer = await refusal(`POST /${appId}/subscriptions`, {
		token: appToken,
		form: {
			object: "instagram",
			callback_url: url,
			fields: "mentions",
			verify_token: "tök&n",
		},
	});
	return { answer, sent, log };
}

const challengeOf = (target: string) =>
	/hub\.challenge=(\d+)/.exec(target)?.[1] ?? "";
const echo: Handler = async ({ target }) =>
	textResponse(200, challengeOf(target));

test("asks as Meta does", async () => {
	const { answer, sent, log } = await subscribeTo(
		echo,
		`${callbackUrl}?key=hush`,
	);
	expect(answer).toBe('200 {"success":true}');
	expect(sent).toEqual([
		{
			method: "GET",
			url: expect.stringMatching(
				/^http:\/\/127\.0\.0\.1:7300\/webhook\?key=hush&hub\.mode=subscribe&hub\.challenge=\d{10}&hub\.verify_token=t%C3%B6k%26n$/,
			),
			headers: handshakeHeaders,
			body: new Uint8Array(),
			timeoutMs: 5000,
			signal: expect.any(AbortSignal),
		},
	]);
	expect(log[0]).toEqual({
		type: "handshake",
		url: `${callbackUrl}?…`,
		ok: true,
	});
});

const failed = "Callback verification failed with the following errors:";
const unreachable =
	(kind: "refused" | "timeout" | "failed", message: string): Handler =>
	async () => {
		throw new UnreachableError(kind, message);
	};
const differs = (received: string) =>
	new RegExp(
		`^400 OAuthException 2201: \\(#2201\\) response does not match challenge, expected value="\\d{10}", received="${received}"$`,
	);

test.each<[string, Handler, string | RegExp]>([
	[
		"a missing page",
		async () => textResponse(404, ""),
		`400 OAuthException 2200: (#2200) ${failed} HTTP Status Code = 404; HTTP Message = Not Found`,
	],
	[
		"a redirect",
		async ({ target }) =>
			textResponse(302, challengeOf(target), [["Location", "/other"]]),
		`400 OAuthException 2200: (#2200) ${failed} HTTP Status Code = 302; HTTP Message = Found`,
	],
	[
		"another success",
		async ({ target }) => textResponse(201, challengeOf(target)),
		`400 OAuthException 2200: (#2200) ${failed} HTTP Status Code = 201; HTTP Message = Created`,
	],
	[
		"silence",
		unreachable("timeout", "5000 ms"),
		`400 OAuthException 2200: (#2200) ${failed} curl_errno = 28; curl_error = Operation timed out; HTTP Status Code = 0`,
	],
	[
		"nobody",
		unreachable("refused", "nobody"),
		`400 OAuthException 2200: (#2200) ${failed} curl_errno = 7; curl_error = Couldn't connect to server; HTTP Status Code = 0`,
	],
	[
		"no such host",
		unreachable("failed", "getaddrinfo ENOTFOUND x"),
		`400 OAuthException 2200: (#2200) ${failed} curl_errno = 6; curl_error = getaddrinfo ENOTFOUND x; HTTP Status Code = 0`,
	],
	[
		"a bad certificate",
		unreachable("failed", "self-signed certificate"),
		`400 OAuthException 2200: (#2200) ${failed} curl_errno = 60; curl_error = self-signed certificate; HTTP Status Code = 0`,
	],
	[
		"a broken connection",
		unreachable("failed", "socket hang up"),
		`400 OAuthException 2200: (#2200) ${failed} curl_errno = 56; curl_error = socket hang up; HTTP Status Code = 0`,
	],
	["an empty answer", async () => textResponse(200, ""), differs("")],
	[
		"a quoted challenge",
		async ({ target }) => textResponse(200, `"${challengeOf(target)}"`),
		differs('\\\\"\\d{10}\\\\"'),
	],
	[
		"a line end",
		async ({ target }) => textResponse(200, `${challengeOf(target)}\n`),
		differs("\\d{10}\\\\n"),
	],
	[
		"a web page",
		async () => textResponse(200, "<!DOCTYPE html><html>…</html>"),
		differs("\\\\u003C!DOCTYPE html\\.\\.\\."),
	],
])("%s is a failure", async (_, receiver, expected) => {
	const { answer, log } = await subscribeTo(receiver);
	if (typeof expected === "string") expect(answer).toBe(expected);
	else expect(answer).toMatch(expected);
	expect(log[0]).toEqual({
		type: "handshake",
		url: callbackUrl,
		ok: false,
		reason: answer.replace(/^400 OAuthException \d+: /, ""),
	});
});
