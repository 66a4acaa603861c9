import { loadConfig } from "../../src/config/config.ts";
import { openStore } from "../../src/store/store.ts";
import type { LiveMachine } from "./live-machine.ts";
import { igUserId } from "./sandbox-world.ts";
import { newDelivery } from "./stored-deliveries.ts";

/** A delivery that was received, and what the user's app answered. */
export interface Told {
	hoursAgo: number;
	valid?: boolean;
	/** The comment it tells of; each of its own where left out. */
	comment?: number;
	/** It is of the dashboard's Test. */
	test?: true;
	/** The status of the user's app. */
	forward?: number;
	ms?: number;
}

/** Puts deliveries into the machine's store, oldest first. */
export async function storeDeliveries(
	machine: LiveMachine,
	told: readonly Told[],
): Promise<void> {
	const world = machine.world();
	const store = await openStore(await loadConfig({}, world, {}), world);
	for (const [index, one] of told.entries()) {
		const id = await store.deliveries.add(
			delivery(one, index, world.clock.now()),
		);
		const { forward: status, ms = 10 } = one;
		if (status !== undefined)
			await store.deliveries.addForwards(id, [
				{ url: "http://127.0.0.1:3000/", status, ms },
			]);
	}
	store.close();
}

function delivery(
	{ hoursAgo, valid = true, comment, test }: Told,
	index: number,
	now: number,
) {
	const receivedAt = now - hoursAgo * 3_600_000;
	const value = { id: String(comment ?? 1000 + index), text: "hi" };
	const entry = {
		id: test ? "0" : igUserId,
		time: receivedAt / 1000,
		changes: [{ field: "comments", value }],
	};
	const stored = newDelivery(
		{ object: "instagram", entry: [entry] },
		{ valid, receivedAt },
	);
	const verdict = valid
		? { valid, secret: "app secret" }
		: { valid, reason: "no configured secret signed it" };
	return { ...stored, verdict };
}
