import type { Config } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import type { DeliveryDetailRecord, DeliveryRecord } from "../records.ts";
import type { StoredDelivery } from "../store/deliveries.ts";
import { openStore } from "../store/store.ts";
import type { World } from "../world.ts";
import { deliveryRecord } from "./listen.ts";

export interface EventsInput {
	ids: readonly string[];
	field: string | undefined;
	account: string | undefined;
	invalid: boolean;
	limit: number;
}

/** Tells of the stored deliveries, newest first, or of some in full. */
export async function* events(
	{ ids, ...filter }: EventsInput,
	config: Config,
	world: World,
): AsyncGenerator<DeliveryRecord | DeliveryDetailRecord> {
	const store = await openStore(config, world);
	try {
		for (const id of ids) {
			const stored = store.deliveries.find(id);
			if (!stored)
				throw new IgwhError(
					"input",
					`there is no delivery ${id} in the store`,
					"igwh events lists those there are",
				);
			yield detailRecord(stored);
		}
		if (ids.length > 0) return;
		const found = store.deliveries.list(filter);
		if (found.length === 0)
			world.terminal.note(
				"no deliveries here; they arrive through: igwh listen",
			);
		yield* found.map((stored) => deliveryRecord(stored));
	} finally {
		store.close();
	}
}

function detailRecord(stored: StoredDelivery): DeliveryDetailRecord {
	const { target, headers, body, forwards } = stored;
	return {
		...deliveryRecord(stored),
		target,
		headers,
		bodyBase64: Buffer.from(body).toString("base64"),
		forwards,
	};
}
