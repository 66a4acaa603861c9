import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** Two listeners of one store, each on a tunnel of its own; the first one ends. */
export const scenario: Scenario = async (soak) => {
	const server = await startTunnelServer(soak);
	const first = await listenBehind(soak, server, "first");
	const second = await listenBehind(soak, server, "second");
	const both = [first, second];
	for (let round = 0; round < 5; round++) {
		const statuses = both.flatMap(({ publicUrl }) =>
			Array.from({ length: 5 }, () => deliver(server, publicUrl)),
		);
		assert.deepEqual(await Promise.all(statuses), Array(10).fill(200));
		await sleep(3000);
	}
	first.child.kill("SIGINT");
	assert.equal(await first.exited, 130);
	assert.equal(await deliver(server, second.publicUrl), 200);
	second.child.kill("SIGINT");
	assert.equal(await second.exited, 130);
	return "51 of 51 answered 200";
};
