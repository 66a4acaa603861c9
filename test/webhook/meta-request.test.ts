import { expect, test } from "vitest";
import {
	deliveryHeaders,
	handshakeHeaders,
} from "../../src/webhook/meta-request.ts";
import { vectorSecret, vectors } from "../support/vectors.ts";

const userAgents = {
	changes: "Webhooks/1.0 (https://fb.me/webhooks)",
	messaging: "facebookexternalua",
};

test.each(vectors)("$name", ({ wire, style, sha1, sha256 }) => {
	expect(deliveryHeaders(Buffer.from(wire), style, vectorSecret)).toEqual([
		["User-Agent", userAgents[style]],
		["Accept", "*/*"],
		["Accept-Encoding", "deflate, gzip"],
		["Content-Type", "application/json"],
		["X-Hub-Signature", `sha1=${sha1}`],
		["X-Hub-Signature-256", `sha256=${sha256}`],
	]);
});

test("the handshake is unsigned and of another agent", () => {
	expect(handshakeHeaders).toEqual([
		["User-Agent", "facebookplatform/1.0 (+http://developers.facebook.com)"],
		["Accept", "*/*"],
		["Accept-Encoding", "deflate, gzip"],
	]);
});
