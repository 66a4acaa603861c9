import { expect, test } from "vitest";
import { bodyText, textResponse } from "../../src/http.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import { openLocaltunnel } from "../../src/system/open-localtunnel.ts";
import { startLocaltunnelServer } from "../support/localtunnel-server.ts";

test("a request to a subdomain comes through to the local server", async () => {
	const server = await startLocaltunnelServer();
	const local = await serveOnLoopback(
		async ({ target }) => textResponse(200, `here is ${target}`),
		{ port: 0, maxBodyBytes: 1000 },
	);
	const tunnel = await openLocaltunnel({
		port: local.port,
		host: server.url,
		subdomain: "mine",
		timeoutMs: 5000,
	});
	try {
		expect(tunnel.url).toBe(server.publicUrl("mine"));
		const answer = await sendExactly({
			method: "GET",
			url: `${server.url}/hello?a=1`,
			headers: [["Host", new URL(tunnel.url).host]],
			body: Buffer.from(""),
			timeoutMs: 5000,
		});
		expect(bodyText(answer)).toBe("here is /hello?a=1");
	} finally {
		tunnel.close();
		await local.close();
		await server.close();
	}
});
