import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/config.ts";
import type { Handler } from "../../src/http.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { openStore } from "../../src/store/store.ts";
import { systemWorld } from "../../src/system/system-world.ts";
import { igUserId } from "./sandbox-world.ts";

const world = systemWorld();

/**
 * A sandbox on a real socket, and a folder with a real store that received these
 * changes, for programs that are spawned.
 * @param around what stands between them and the sandbox
 */
export async function liveInbox(
	changes: readonly object[],
	around: (handler: Handler) => Handler = (handler) => handler,
) {
	const folder = await mkdtemp(join(tmpdir(), "igwh-test-"));
	const sandbox = createSandbox(world);
	const server = await world.network.serve(around(sandbox.handler), {
		port: 0,
		maxBodyBytes: 1 << 20,
	});
	const flags = ["--sandbox", "--home", folder, "--graph-url", server.url];
	const receive = async (more: readonly object[]) => {
		const config = await loadConfig({ sandbox: true, home: folder }, world, {});
		const store = await openStore(config, world);
		const body = Buffer.from(
			JSON.stringify({
				object: "instagram",
				entry: [{ id: igUserId, time: 1_760_000_000, changes: more }],
			}),
		);
		await store.deliveries.add({
			receivedAt: world.clock.now(),
			target: "/webhook",
			headers: [],
			body,
			verdict: { valid: true },
		});
		store.close();
	};
	await receive(changes);
	return {
		...sandbox,
		flags,
		folder,
		receive,
		/** What bluebottle said, oldest first. */
		said: () =>
			[...sandbox.state.comments.values()]
				.filter(({ author }) => author.id === igUserId)
				.map(({ text }) => text),
		async close() {
			sandbox.close();
			await server.close();
			await rm(folder, { recursive: true });
		},
	};
}

/** A sandbox that never answers the first POST, which has its effect or not. */
export function silentOnce(effect: boolean) {
	let reached: () => void;
	const posted = new Promise<void>((resolve) => {
		reached = resolve;
	});
	let posts = 0;
	const around =
		(handler: Handler): Handler =>
		async (request) => {
			if (request.method !== "POST" || posts++ > 0) return handler(request);
			if (effect) await handler(request);
			reached();
			return new Promise(() => {});
		};
	return { around, posted };
}
