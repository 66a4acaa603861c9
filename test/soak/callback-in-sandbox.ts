import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import { ready, startIgwh } from "./igwh-process.ts";
import type { Soak } from "./scenario.ts";

const { appId, appSecret } = sandboxCredentials;

/** A sandbox whose app has a callback, and the flags of a listener that overrides it. */
export async function callbackInSandbox(soak: Soak) {
	const sandbox = startIgwh(soak, "sandbox --port 0");
	const { url } = await sandbox.until(ready);
	const flags = `--sandbox --graph-url ${url}`;
	const listenFlags = `listen ${flags} --no-tunnel --port 0`;
	const original = startIgwh(soak, listenFlags);
	const { localUrl } = await original.until(ready);
	const subscribed = startIgwh(
		soak,
		`subscribe ${flags} --callback ${localUrl}`,
	);
	assert.equal(await subscribed.exited, 0, subscribed.stderr());
	const callback = async (): Promise<string> => {
		const answer = await fetch(
			`${url}/v25.0/${appId}/subscriptions?access_token=${appId}|${appSecret}`,
		);
		return (await answer.json()).data[0].callback_url;
	};
	const isOriginal = async () => (await callback()) === localUrl;
	assert.ok(await isOriginal());
	return {
		listenFlags: `${listenFlags} --subscribe`,
		isOriginal,
		/** Waits until the original callback is back, for 20 s; says how long it took. */
		restored: async (): Promise<number> => {
			const began = performance.now();
			while (performance.now() - began < 20_000) {
				if (await isOriginal()) return performance.now() - began;
				await sleep(50);
			}
			throw new Error(`the callback is still ${await callback()}`);
		},
	};
}
