import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { openLocaltunnel } from "../../../src/system/open-localtunnel.ts";
import { listenBehind, tunnelIs } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";
import { startTcpRelay } from "../tcp-relay.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** How long a stranger has the name while igwh wants it back: shorter and longer than it waits. */
const takenMs = { briefly: 20_000, forGood: 100_000 };

/** The tunnel server restarts, and a stranger takes the name first: for 20 seconds, and for good. */
export const scenario: Scenario = async (soak) => {
	const [briefly, forGood] = await Promise.all([
		loseNameTo(takenMs.briefly),
		loseNameTo(takenMs.forGood),
	]);
	assert.equal(briefly.url, "http://mine.localhost.test");
	assert.equal(briefly.reason, undefined);
	assert.notEqual(forGood.url, "http://mine.localhost.test");
	assert.equal(forGood.reason, "the name mine is in use");
	return `name back ${briefly.seconds} s after the loss; given up after ${forGood.seconds} s`;

	async function loseNameTo(strangerMs: number) {
		const first = await startTunnelServer(soak);
		const { until, emitted } = await listenBehind(soak, first, "mine");
		await first.stop();
		await until(tunnelIs("lost"), { timeoutMs: 5000 });
		const lost = performance.now();
		const second = await startTunnelServer(soak);
		const stranger = await openLocaltunnel({
			// Nothing listens there: only the name counts.
			port: 9,
			host: second.url,
			subdomain: "mine",
			timeoutMs: 5000,
		});
		soak.afterwards(stranger.close);
		await startTcpRelay(soak, second.port, first.port);
		void sleep(strangerMs, undefined, { ref: false }).then(stranger.close);
		const { url, reason } = await until(tunnelIs("reopened"), {
			timeoutMs: 80_000,
		});
		const seconds = Math.round((performance.now() - lost) / 1000);
		assert.equal(await deliver(second, String(url)), 200);
		assert.equal(emitted.filter(tunnelIs("reopened")).length, 1);
		return { url, reason, seconds };
	}
};
