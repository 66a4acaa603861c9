import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
	answerProbe,
	probeListener,
	probeOwner,
} from "../../src/callback/probe-listener.ts";
import { type HttpResponse, textResponse } from "../../src/http.ts";
import { UnreachableError, type World } from "../../src/world.ts";
import { createMachine } from "../support/memory-world.ts";

const { randomBytes } = createMachine({}).world(
	{},
	new AbortController().signal,
);
const healthUrl = "http://127.0.0.1:7300/webhook?igwh.health=token";

function network(answer: (query: URLSearchParams) => HttpResponse) {
	return {
		send: async ({ url }: { url: string }) => answer(new URL(url).searchParams),
	} as unknown as World["network"];
}

/** As a tunnel or proxy may: a request that names no encoding takes any (RFC 9110 §12.5.3). */
function compressed({ body, headers, status }: HttpResponse): HttpResponse {
	return {
		status,
		headers: [...headers, ["Content-Encoding", "gzip"]],
		body: gzipSync(body),
	};
}

const plain = (response: HttpResponse) => response;

test.each([
	["as it is", plain],
	["compressed on the way", compressed],
])("a listener answers for itself, %s", async (_, onTheWay) => {
	const probe = (answer: (query: URLSearchParams) => HttpResponse) =>
		probeListener("https://a.example/webhook", "secret", {
			network: network((query) => onTheWay(answer(query))),
			randomBytes,
		});
	const listening = { state: "listening", replaced: [] };
	expect(
		await probe(
			(query) =>
				answerProbe(query, "secret", () => undefined) ?? textResponse(403, ""),
		),
	).toEqual(listening);
	expect(await probe(() => textResponse(200, "hello"))).toEqual({
		state: "absent",
	});
	const health = (text: string) =>
		probeOwner(healthUrl, {
			network: network(() => onTheWay(textResponse(200, text))),
		});
	expect(await health("igwh token")).toBe("listening");
	expect(await health("igwh other")).toBe("absent");
});

test.each([
	["refused", "absent"],
	["timeout", "unknown"],
	["failed", "unknown"],
	["certificate", "unknown"],
] as const)("where its port is %s, a listener is %s", async (kind, state) => {
	const unreachable = network(() => {
		throw new UnreachableError(kind, "no");
	});
	expect(await probeOwner(healthUrl, { network: unreachable })).toBe(state);
});
