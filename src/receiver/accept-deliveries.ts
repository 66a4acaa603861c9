import { deliveryRecord } from "../deliveries/delivery-record.ts";
import { type Recording, recordFixture } from "../deliveries/export-fixture.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { type HttpRequest, textResponse } from "../http.ts";
import type {
	Forward,
	NewDelivery,
	StoredDelivery,
} from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { backgroundQueue } from "./background-queue.ts";
import type { Forwarder } from "./forwarder.ts";
import type { ReceiverOptions } from "./receiver.ts";
import { refusedLimit } from "./refused-limit.ts";

export interface AcceptOptions {
	store: Store;
	forwarder: Forwarder;
	/** Meta gets its 200 before the app is asked. */
	ackFirst: boolean;
	recording: Recording | undefined;
	emit(record: DeliveryRecord): void;
}

export interface Accepting {
	accept: ReceiverOptions["accept"];
	/** Resolves when nothing is under way any more and everything is told. */
	settled(): Promise<unknown>;
	/** Tells no more; returns how many are stored, but were not told. */
	giveUp(): number;
}

/** A delivery that was stored, and what the user's apps answered. */
interface Accepted {
	id: string;
	forwards: Forward[];
}

/** How many may wait to be told, some megabytes; beyond, Meta's answers wait too. */
const maxQueued = 100_000;

/**
 * Stores each delivery, passes it on where that is wanted, and tells it: what it
 * says is read back from the store when there is time, so that in a rush only
 * what Meta's answer needs is done at once.
 */
export function acceptDeliveries(
	{ store, forwarder, ackFirst, recording, emit }: AcceptOptions,
	world: World,
): Accepting {
	const underWay = new Set<Promise<unknown>>();
	const note = (what: string, { message }: Error) =>
		world.terminal.note(`igwh: ${what}: ${message}`);

	const finish = async (accepted: readonly Accepted[]) => {
		const ids = accepted.map(({ id }) => id);
		try {
			await store.deliveries.index(ids);
			const stored = new Map(
				store.deliveries.findAll(ids).map((found) => [found.id, found]),
			);
			for (const { id, forwards } of accepted) {
				const found = stored.get(id);
				if (found) await emitOne({ ...found, forwards });
			}
		} catch (error) {
			note(
				`${ids.join(", ")} stored, but not shown; see later with igwh events`,
				error as Error,
			);
		}
	};
	const emitOne = async (stored: StoredDelivery) => {
		if (recording)
			await recordFixture(stored, recording, world).catch((error: Error) =>
				note(`${stored.id} is no fixture`, error),
			);
		emit(deliveryRecord(stored));
	};
	const refused = refusedLimit(world);
	const emitting = backgroundQueue(finish, world.clock, maxQueued);

	const add = async (delivery: NewDelivery) => {
		try {
			return await store.deliveries.add(delivery);
		} catch (error) {
			note(
				"a delivery, which Meta is told to send again, could not be stored",
				error as Error,
			);
			throw error;
		}
	};
	const pass = async (
		id: string,
		delivery: NewDelivery,
		request: HttpRequest,
	) => {
		const { response, forwards } = await forwarder.delivery(delivery, request);
		await store.deliveries
			.addForwards(id, forwards)
			.catch((error: Error) =>
				note(`what your app answered to ${id} could not be stored`, error),
			);
		emitting.push({ id, forwards });
		return response;
	};

	return {
		accept: async (delivery, request) => {
			await emitting.room();
			if (
				!delivery.verdict.valid &&
				!forwarder.wants(delivery) &&
				!refused.mayStore()
			)
				return textResponse(401, "");
			const id = await add(delivery);
			if (!forwarder.wants(delivery)) {
				emitting.push({ id, forwards: [] });
				return textResponse(200, "");
			}
			const passed = pass(id, delivery, request);
			if (!ackFirst) return passed;
			underWay.add(passed);
			void passed.finally(() => underWay.delete(passed)).catch(() => {});
			return textResponse(200, "");
		},
		settled: async () => {
			await Promise.allSettled(underWay);
			await emitting.settled();
		},
		giveUp: emitting.clear,
	};
}
