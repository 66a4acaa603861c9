import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import {
	answerProbe,
	probeListener,
} from "../../src/callback/probe-listener.ts";
import { bodyText, type HttpResponse, textResponse } from "../../src/http.ts";
import type { Override } from "../../src/store/overrides.ts";
import type { World } from "../../src/world.ts";

const url = "https://a.example/webhook";
const original = "https://hosted.example/hook";
const held = {
	replaced: [{ callbackUrl: original, fields: [] }],
} as unknown as Override;

/** Asks with one secret a listener that has another; its answer may be changed on the way. */
function ask(
	secret: string,
	ofListener: string,
	change = (answer: HttpResponse) => answer,
) {
	let answered: HttpResponse | undefined;
	const probe = probeListener(url, secret, {
		randomBytes: (count) => randomBytes(count),
		network: {
			send: async (request) => {
				const { searchParams } = new URL(request.url);
				answered = answerProbe(searchParams, ofListener, () => held);
				return change(answered ?? textResponse(403, "no"));
			},
		} as World["network"],
	});
	return { probe, answer: () => answered };
}

test("a listener of the same app answers what it replaced", async () => {
	expect(await ask("secret", "secret").probe).toEqual({
		state: "listening",
		replaced: held.replaced,
	});
});

test("without the app secret nothing is revealed", async () => {
	const { probe, answer } = ask("guessed", "secret");
	expect(await probe).toEqual({ state: "absent" });
	expect(answer()).toBeUndefined();
	for (const query of [
		"",
		"igwh.listener=",
		"igwh.listener=a.b",
		"igwh.listener=.",
	])
		expect(
			answerProbe(new URLSearchParams(query), "secret", () => held),
		).toBeUndefined();
});

test("a replaced callback cannot be forged, nor an old answer repeated", async () => {
	const invented = (answer: HttpResponse) =>
		textResponse(200, bodyText(answer).replace("hosted", "evil"));
	expect(await ask("secret", "secret", invented).probe).toEqual({
		state: "absent",
	});
	const first = ask("secret", "secret");
	await first.probe;
	const repeated = () => first.answer() as HttpResponse;
	expect(await ask("secret", "secret", repeated).probe).toEqual({
		state: "absent",
	});
});
