import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind, tunnelIs } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** The tunnel server is killed and comes back after 3 seconds, then after 15. */
export const scenario: Scenario = async (soak) => {
	let server = await startTunnelServer(soak);
	const { port } = server;
	const listener = await listenBehind(soak, server, "restarted");
	const tookMs: number[] = [];
	for (const downMs of [3000, 15_000]) {
		const after = listener.emitted.length;
		await server.stop();
		await listener.until(tunnelIs("lost"), { after, timeoutMs: 5000 });
		await sleep(downMs);
		server = await startTunnelServer(soak, port);
		const back = performance.now();
		const { url } = await listener.until(tunnelIs("reopened"), {
			after,
			timeoutMs: 10_000,
		});
		tookMs.push(performance.now() - back);
		assert.equal(url, listener.publicUrl);
		assert.equal(await deliver(server, listener.publicUrl), 200);
	}
	return `same name, ${tookMs.map((ms) => (ms / 1000).toFixed(1)).join(" s and ")} s after the server was back`;
};
