import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyText, headerValues } from "../../../src/http.ts";
import { sendExactly } from "../../../src/system/http-client.ts";
import { serveOnLoopback } from "../../../src/system/http-server.ts";
import { listenBehind, tunnelIs } from "../igwh-process.ts";
import type { Scenario, Soak } from "../scenario.ts";
import { startTcpRelay, type TcpRelay } from "../tcp-relay.ts";
import {
	deliver,
	startTunnelServer,
	type TunnelServer,
} from "../tunnel-server.ts";

/**
 * A router forgets the tunnel's connections: they look open at both ends, and
 * carry nothing. The tunnel server notices later than igwh, and keeps the name
 * until then.
 */
export const scenario: Scenario = async (soak) => {
	const relays: TcpRelay[] = [];
	const server = await startTunnelServer(soak);
	const router = await startRouter(soak, server, relays);
	const { until, publicUrl } = await listenBehind(soak, router, "half-open");
	assert.equal(await deliver(router, publicUrl), 200);
	const dead = performance.now();
	for (const relay of relays) relay.freeze();
	await until(tunnelIs("lost"), { timeoutMs: 65_000 });
	const noticed = performance.now();
	await sleep(10_000);
	for (const relay of relays) relay.cutFarEnds();
	const { url } = await until(tunnelIs("reopened"), { timeoutMs: 20_000 });
	assert.equal(url, publicUrl);
	assert.equal(await deliver(router, publicUrl), 200);
	return `noticed after ${Math.round((noticed - dead) / 1000)} s; the name was held for 10 s more, and waited for`;
};

/** Answers like the tunnel server, and leads each tunnel's connections over a relay. */
async function startRouter(
	soak: Soak,
	server: TunnelServer,
	relays: TcpRelay[],
): Promise<{ url: string }> {
	const router = await serveOnLoopback(
		async ({ method, target, headers, body }) => {
			const answer = await sendExactly({
				method,
				url: `${server.url}${target}`,
				headers,
				body,
				timeoutMs: 30_000,
			});
			const [host = ""] = headerValues(headers, "host");
			const isRegistration = host.startsWith("127.0.0.1");
			if (!isRegistration)
				return { status: answer.status, headers: [], body: answer.body };
			const info = JSON.parse(bodyText(answer));
			const relay = await startTcpRelay(soak, info.port);
			relays.push(relay);
			return {
				status: 200,
				headers: [["Content-Type", "application/json"]],
				body: Buffer.from(JSON.stringify({ ...info, port: relay.port })),
			};
		},
		{ port: 0, maxBodyBytes: 1_000_000 },
	);
	soak.afterwards(router.close);
	return router;
}
