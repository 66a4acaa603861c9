import fc from "fast-check";
import { expect, test } from "vitest";
import { splitTarget } from "../../src/http.ts";
import { answerHandshake, handshakeUrl } from "../../src/webhook/handshake.ts";

const refused = (reason: string) => ({ ok: false, reason });
const answered = (challenge: string) => ({ ok: true, challenge });

test.each([
	[
		"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock",
		answered("1158201444"),
	],
	[
		"hub.verify_token=meatyhamhock&hub.challenge=6736819&hub.mode=subscribe&own=1",
		answered("6736819"),
	],
	[
		"hub.mode=subscribe&hub.challenge=007&hub.verify_token=meatyhamhock",
		answered("007"),
	],
	[
		"hub.mode=subscribe&hub.challenge=12345678901234567890&hub.verify_token=meatyhamhock",
		answered("12345678901234567890"),
	],
	[
		"hub.mode=subscribe&hub.challenge=%3Cb%3E%26%22+%0A&hub.verify_token=meatyhamhock",
		answered('<b>&" \n'),
	],
	["", refused("no hub.mode")],
	[
		"hub_mode=subscribe&hub_challenge=1&hub_verify_token=meatyhamhock",
		refused("no hub.mode"),
	],
	["hub.challenge=1&hub.verify_token=meatyhamhock", refused("no hub.mode")],
	[
		"hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meatyhamhock",
		refused("hub.mode is not subscribe"),
	],
	[
		"hub.mode=&hub.challenge=1&hub.verify_token=meatyhamhock",
		refused("hub.mode is not subscribe"),
	],
	["hub.mode=subscribe&hub.challenge=1", refused("no hub.verify_token")],
	[
		"hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
		refused("hub.verify_token is not the verify token"),
	],
	[
		"hub.mode=subscribe&hub.challenge=1&hub.verify_token=MEATYHAMHOCK",
		refused("hub.verify_token is not the verify token"),
	],
	[
		"hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock+",
		refused("hub.verify_token is not the verify token"),
	],
	[
		"hub.mode=subscribe&hub.verify_token=meatyhamhock",
		refused("no hub.challenge"),
	],
	[
		"hub.mode=subscribe&hub.challenge=&hub.verify_token=meatyhamhock",
		refused("no hub.challenge"),
	],
])("?%s", (query, verdict) => {
	expect(answerHandshake(new URLSearchParams(query), "meatyhamhock")).toEqual(
		verdict,
	);
});

test.each([
	[
		"https://app.example/webhook",
		"token",
		"https://app.example/webhook?hub.mode=subscribe&hub.challenge=0123&hub.verify_token=token",
	],
	[
		"https://app.example/webhook?tenant=a%2Fb",
		"token",
		"https://app.example/webhook?tenant=a%2Fb&hub.mode=subscribe&hub.challenge=0123&hub.verify_token=token",
	],
	[
		"https://app.example",
		"a+b &=#é",
		"https://app.example?hub.mode=subscribe&hub.challenge=0123&hub.verify_token=a%2Bb%20%26%3D%23%C3%A9",
	],
])("handshake of %s with %s", (callbackUrl, token, url) => {
	expect(handshakeUrl(callbackUrl, token, "0123")).toBe(url);
});

test("any token and challenge come through the URL and back", () => {
	const word = fc.string({ minLength: 1, unit: "grapheme" });
	const callbackUrl = fc.constantFrom(
		"https://app.example/webhook",
		"https://app.example/webhook?a=1&b",
	);
	fc.assert(
		fc.property(callbackUrl, word, word, (callback, token, challenge) => {
			const { query } = splitTarget(handshakeUrl(callback, token, challenge));
			expect(answerHandshake(query, token)).toEqual(answered(challenge));
			expect(answerHandshake(query, `${token}x`)).toEqual(
				refused("hub.verify_token is not the verify token"),
			);
		}),
	);
});
