import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind, tunnelIs } from "../igwh-process.ts";
import { processUsage } from "../process-usage.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** How far an idle program may vary. */
const flat = { memory: 20, descriptors: 4, wakeUpsPerSecond: 10 };

/** Nobody sends anything for longer than every time limit; then deliveries arrive, at once and in a row. */
export const scenario: Scenario = async (soak) => {
	const server = await startTunnelServer(soak);
	const { child, emitted, publicUrl } = await listenBehind(
		soak,
		server,
		"idle",
	);
	const send = () => deliver(server, publicUrl);
	assert.equal(await send(), 200);
	await sleep(5000);
	const before = processUsage(child.pid);
	await sleep(soak.silenceMs);
	const after = processUsage(child.pid);
	const atOnce = await Promise.all(Array.from({ length: 10 }, send));
	const inARow = [];
	for (let n = 0; n < 10; n++) inARow.push(await send());
	assert.deepEqual([...atOnce, ...inARow], Array(20).fill(200));
	assert.equal(emitted.find(tunnelIs("lost", "reopened")), undefined);
	assert.equal(publicUrl, "http://idle.localhost.test");
	if (!before || !after) return "20 of 20 answered 200";
	const wakeUpsPerSecond =
		(1000 * (after.wakeUps - before.wakeUps)) / soak.silenceMs;
	const grown = {
		memory: after.memory - before.memory,
		descriptors: after.descriptors - before.descriptors,
	};
	assert.ok(grown.memory <= flat.memory, `grew by ${grown.memory} MB`);
	assert.ok(
		Math.abs(grown.descriptors) <= flat.descriptors,
		`${grown.descriptors} descriptors more`,
	);
	assert.ok(
		wakeUpsPerSecond <= flat.wakeUpsPerSecond,
		`${wakeUpsPerSecond.toFixed(1)} wake-ups a second`,
	);
	return `20 of 20 answered 200 after ${soak.silenceMs / 1000} s; ${after.memory} MB (${grown.memory} more), ${after.descriptors} descriptors (${grown.descriptors} more), ${wakeUpsPerSecond.toFixed(1)} wake-ups a second`;
};
