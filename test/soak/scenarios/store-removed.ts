import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind, startIgwh } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

/** The store is removed again and again under a listener that goes on receiving. */
export const scenario: Scenario = async (soak) => {
	const server = await startTunnelServer(soak);
	const { publicUrl, child, exited, stderr } = await listenBehind(
		soak,
		server,
		"removed",
	);
	const rounds = 5;
	let acknowledged = 0;
	for (let round = 0; round < rounds; round++) {
		for (const ending of ["", "-shm", "-wal"])
			await rm(join(soak.folder, `igwh.db${ending}`), { force: true });
		acknowledged = 0;
		for (let count = 0; count < 20; count++)
			if ((await deliver(server, publicUrl)) === 200) acknowledged++;
		await sleep(1000);
	}
	child.kill("SIGINT");
	assert.equal(await exited, 130);
	assert.match(stderr(), /was removed while in use/);
	const events = startIgwh(soak, "events --limit 1000");
	assert.equal(await events.exited, 0);
	assert.equal(acknowledged, 20);
	assert.equal(events.emitted.length, acknowledged);
	return `removed ${rounds} times, all ${acknowledged} acknowledged after the last time are stored`;
};
