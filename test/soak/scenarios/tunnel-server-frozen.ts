import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind, tunnelIs } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** The tunnel server hangs for less than a health check takes to notice, then for long. */
export const scenario: Scenario = async (soak) => {
	const server = await startTunnelServer(soak);
	const { emitted, until, publicUrl } = await listenBehind(
		soak,
		server,
		"frozen",
	);
	server.freeze();
	await sleep(8000);
	server.thaw();
	assert.equal(await deliver(server, publicUrl), 200);
	await sleep(2000);
	assert.equal(emitted.find(tunnelIs("lost")), undefined);

	const frozen = performance.now();
	server.freeze();
	await until(tunnelIs("lost"), { timeoutMs: 65_000 });
	const noticed = performance.now();
	await sleep(3000);
	server.thaw();
	const { url } = await until(tunnelIs("reopened"), { timeoutMs: 30_000 });
	assert.equal(url, publicUrl);
	assert.equal(await deliver(server, publicUrl), 200);
	return `8 s did no harm; noticed after ${Math.round((noticed - frozen) / 1000)} s, same name ${Math.round((performance.now() - noticed) / 1000)} s later`;
};
