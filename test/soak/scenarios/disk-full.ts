import assert from "node:assert/strict";
import { sandboxCredentials } from "../../../src/sandbox/credentials.ts";
import { sendExactly } from "../../../src/system/http-client.ts";
import { deliveryHeaders } from "../../../src/webhook/meta-request.ts";
import { callbackInSandbox } from "../callback-in-sandbox.ts";
import { ready, startIgwh } from "../igwh-process.ts";
import type { Scenario } from "../scenario.ts";

const maxFileBytes = 1024 * 1024;
/** More than fits. */
const deliveries = 200;

/**
 * No file of a listener can grow any more: Meta is told 500 and comes again,
 * which helps once there is room; and the callback goes back on a full disk too.
 */
export const scenario: Scenario = async (soak) => {
	const { listenFlags, isOriginal, restored } = await callbackInSandbox(soak);
	const listener = startIgwh(soak, listenFlags, {}, maxFileBytes);
	const { localUrl } = await listener.until(ready);
	assert.ok(!(await isOriginal()));
	const acknowledged: string[] = [];
	const refused: string[] = [];
	for (let count = 0; count < deliveries; count++) {
		const id = `1784140000000${String(count).padStart(4, "0")}`;
		((await deliver(localUrl, id)) === 200 ? acknowledged : refused).push(id);
	}
	assert.ok(refused.length > 0, "the disk is not full");
	assert.deepEqual(await stored(), acknowledged);
	const complaints = listener.stderr().match(/could not be stored/g);
	assert.equal(complaints?.length, 1, listener.stderr());

	const pruned = startIgwh(
		soak,
		"events prune --sandbox --older-than 0s --yes",
	);
	assert.equal(await pruned.exited, 0, pruned.stderr());
	// Meta sends again what was not acknowledged.
	const again = refused.slice(0, 10);
	for (const id of again) assert.equal(await deliver(localUrl, id), 200);
	assert.deepEqual((await stored()).slice(-again.length), again);

	while ((await deliver(localUrl, "1")) === 200);
	listener.child.kill("SIGTERM");
	const ms = await restored();
	assert.equal(await listener.exited, 130, listener.stderr());
	return `${acknowledged.length} of ${deliveries} acknowledged and stored, the others 500; 10 of 10 came again once there was room; the callback was restored within ${Math.round(ms)} ms on a full disk`;

	/** The ids of the stored comments, oldest first. */
	async function stored(): Promise<string[]> {
		const events = startIgwh(soak, "events --sandbox --limit 1000");
		assert.equal(await events.exited, 0, events.stderr());
		return events.emitted
			.map(({ changes }) => (changes as Change[])[0]?.value.id ?? "")
			.reverse();
	}
};

interface Change {
	value: { id: string };
}

async function deliver(url: unknown, id: string): Promise<number> {
	const body = Buffer.from(
		JSON.stringify({
			object: "instagram",
			entry: [
				{
					id: "17841400000000001",
					time: 1,
					changes: [
						{
							field: "comments",
							value: { id, text: "x".repeat(16 * 1024) },
						},
					],
				},
			],
		}),
	);
	const { status } = await sendExactly({
		method: "POST",
		url: String(url),
		headers: deliveryHeaders(body, "changes", sandboxCredentials.appSecret),
		body,
		timeoutMs: 10_000,
	});
	return status;
}
