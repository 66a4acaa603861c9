import { expect, test } from "vitest";
import { unreachable } from "../../src/system/unreachable.ts";

const network = "check the address and the network";

test.each<
	[code: string, url: string, kind: string, message: string, hint: string]
>([
	[
		"ECONNREFUSED",
		"http://a.test:3000",
		"refused",
		"nothing listens at a.test:3000",
		network,
	],
	[
		"ETIMEDOUT",
		"http://a.test",
		"timeout",
		"a.test did not answer within 5 s",
		network,
	],
	[
		"DEPTH_ZERO_SELF_SIGNED_CERT",
		"https://a.test",
		"certificate",
		"the certificate of a.test is not trusted: why",
		network,
	],
	[
		"ENOTFOUND",
		"https://no.test:1",
		"failed",
		"the host no.test was not found (ENOTFOUND)",
		"check the spelling of the host name, and the network",
	],
	[
		"EAI_AGAIN",
		"https://no.test",
		"failed",
		"the host no.test was not found (EAI_AGAIN)",
		"check the spelling of the host name, and the network",
	],
	[
		"ERR_SSL_WRONG_VERSION_NUMBER",
		"https://a.test:3000",
		"failed",
		"a.test:3000 does not speak TLS",
		"is it plain HTTP? Then use http://a.test:3000",
	],
	[
		"EHOSTUNREACH",
		"https://a.test",
		"failed",
		"the network has no route to a.test (EHOSTUNREACH)",
		"check the network, and the VPN if there is one",
	],
	[
		"ECONNRESET",
		"https://a.test",
		"failed",
		"a.test closed the connection without a complete answer",
		network,
	],
	[
		"HPE_INVALID_CONSTANT",
		"http://a.test",
		"failed",
		"a.test does not answer in HTTP",
		"does it expect TLS? Then use https://a.test",
	],
	[
		"HPE_INVALID_CONSTANT",
		"https://a.test",
		"failed",
		"a.test does not answer in HTTP",
		network,
	],
	[
		"ESOMETHING",
		"https://a.test",
		"failed",
		"a.test could not be reached: ESOMETHING",
		network,
	],
])("%s at %s", (code, url, kind, message, hint) => {
	const error = Object.assign(new Error("why"), { code });
	expect(unreachable(error, { url, timeoutMs: 5000 })).toMatchObject({
		kind,
		message,
		hint,
	});
});
