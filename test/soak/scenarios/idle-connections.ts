import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { listenBehind } from "../igwh-process.ts";
import { processUsage } from "../process-usage.ts";
import type { Scenario } from "../scenario.ts";
import { deliver, startTunnelServer } from "../tunnel-server.ts";

const connections = 5000;
/** What a thousand connections hold, and what is allocated to close the others. */
const maxGrowthMb = 60;

/** A program on this machine opens thousands of connections to the receiver and sends nothing. */
export const scenario: Scenario = async (soak) => {
	const server = await startTunnelServer(soak);
	const { child, emitted, publicUrl } = await listenBehind(
		soak,
		server,
		"crowd",
	);
	const local = new URL(
		String(emitted.find(({ type }) => type === "ready")?.localUrl),
	);
	const before = processUsage(child.pid);
	const sockets: net.Socket[] = [];
	soak.afterwards(() => {
		for (const socket of sockets) socket.destroy();
	});
	for (let n = 0; n < connections; n++) {
		const socket = net.connect(Number(local.port), "127.0.0.1");
		socket.on("error", () => {});
		sockets.push(socket);
		if (n % 100 === 0) await once(socket, "connect");
	}
	// The tunnel's own connections were the oldest: it opens them anew.
	await sleep(1000);
	const during = processUsage(child.pid);
	const statuses = [];
	for (let n = 0; n < 20; n++) statuses.push(await deliver(server, publicUrl));
	assert.deepEqual(statuses, Array(20).fill(200));
	const kept = sockets.filter(({ closed }) => !closed).length;
	assert.ok(kept <= 1000, `${kept} connections are kept`);
	if (!before || !during) return `20 of 20 answered 200, ${kept} kept`;
	const grown = during.memory - before.memory;
	assert.ok(grown <= maxGrowthMb, `grew by ${grown} MB`);
	return `${connections} opened, ${kept} kept, ${grown} MB and ${during.descriptors - before.descriptors} descriptors more; 20 of 20 answered 200`;
};
