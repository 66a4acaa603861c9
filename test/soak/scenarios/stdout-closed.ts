import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { callbackInSandbox } from "../callback-in-sandbox.ts";
import { ready, startIgwh } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";

/** `igwh listen --subscribe --json | head`: the reader ends, then deliveries arrive. */
export const scenario: Scenario = async (soak) => {
	const { listenFlags, isOriginal, restored } = await callbackInSandbox(soak);
	const listener = startIgwh(soak, listenFlags);
	const { localUrl } = await listener.until(ready);
	assert.ok(!(await isOriginal()));
	listener.child.stdout.destroy();
	await sleep(5000);
	assert.equal(listener.child.exitCode, null);
	for (let n = 0; n < 3; n++)
		await fetch(String(localUrl), { method: "POST", body: "{}" }).catch(
			() => undefined,
		);
	const ms = await restored();
	assert.equal(await listener.exited, 0);
	assert.equal(listener.stderr(), "");
	return `the callback was restored within ${Math.round(ms)} ms of the first record, exit 0`;
};
