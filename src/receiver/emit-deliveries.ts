import { deliveryRecord } from "../deliveries/delivery-record.ts";
import { type Recording, recordFixture } from "../deliveries/export-fixture.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import type { Forward, StoredDelivery } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { type BackgroundQueue, backgroundQueue } from "./background-queue.ts";
import { noteFailure } from "./note-failure.ts";

/** A delivery that was stored, and what the user's apps answered. */
export interface Accepted {
	id: string;
	forwards: Forward[];
}

export interface EmitOptions {
	store: Store;
	recording: Recording | undefined;
	emit(record: DeliveryRecord): void;
}

/** How many may wait to be emitted, some megabytes; beyond, Meta's answers wait too. */
const maxQueued = 100_000;

/** Emits accepted deliveries in the background, and records each as a fixture where that is wanted. */
export function emitDeliveries(
	options: EmitOptions,
	world: World,
): BackgroundQueue<Accepted> {
	const emitAll = async (accepted: readonly Accepted[]) => {
		const ids = accepted.map(({ id }) => id);
		try {
			const stored = await readBack(ids, options.store);
			for (const { id, forwards } of accepted) {
				const found = stored.get(id);
				if (found) await emitOne({ ...found, forwards }, options, world);
			}
		} catch (error) {
			noteFailure(
				`${ids.join(", ")} stored, but not shown`,
				error as Error,
				world,
				"list them with: igwh events",
			);
		}
	};
	return backgroundQueue(emitAll, world.clock, maxQueued);
}

/** Stored deliveries by id, with what their bodies contain. */
export async function readBack(
	ids: readonly string[],
	{ deliveries }: Store,
): Promise<Map<string, StoredDelivery>> {
	await deliveries.index(ids);
	return new Map(deliveries.findAll(ids).map((found) => [found.id, found]));
}

async function emitOne(
	stored: StoredDelivery,
	{ recording, emit }: EmitOptions,
	world: World,
): Promise<void> {
	if (recording)
		await recordFixture(stored, recording, world).catch((error: Error) =>
			noteFailure(`${stored.id} was not written as a fixture`, error, world),
		);
	emit(deliveryRecord(stored));
}
