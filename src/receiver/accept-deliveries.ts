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
import { isSuccess } from "../webhook/meta-retries.ts";
import type { World } from "../world.ts";
import { backgroundQueue } from "./background-queue.ts";
import type { Forwarder } from "./forwarder.ts";
import type { ReceiverOptions } from "./receiver.ts";
import type { ReceiverCounts } from "./records.ts";
import { refusedLimit } from "./refused-limit.ts";

export interface AcceptOptions {
	store: Store;
	forwarder: Forwarder;
	/** Meta gets its 200 before the app is asked. */
	ackFirst: boolean;
	recording: Recording | undefined;
	emit(record: DeliveryRecord): void;
	/** Called for a delivery whose app takes longer than a moment to answer. */
	onPending?: ((record: DeliveryRecord) => void) | undefined;
}

export interface Accepting {
	accept: ReceiverOptions["accept"];
	/** What was received until now. */
	counts(): ReceiverCounts;
	/** Resolves when nothing is under way and everything is emitted. */
	settled(): Promise<unknown>;
	/** Emits nothing more; returns how many are stored, but were not emitted. */
	giveUp(): number;
}

/** A delivery that was stored, and what the user's apps answered. */
interface Accepted {
	id: string;
	forwards: Forward[];
}

/** How many may wait to be emitted, some megabytes; beyond, Meta's answers wait too. */
const maxQueued = 100_000;

/** An app that takes longer is shown as pending, in milliseconds. */
const pendingAfterMs = 100;

/**
 * Stores each delivery, forwards it where that is wanted, and emits it. What it
 * says is read back from the store when there is time, so that in a burst only
 * what Meta's answer needs is done at once.
 */
export function acceptDeliveries(
	{ store, forwarder, ackFirst, recording, emit, onPending }: AcceptOptions,
	world: World,
): Accepting {
	const underWay = new Set<Promise<unknown>>();
	const counts = { received: 0, refused: 0, forwarded: 0, failed: 0 };
	const note = (what: string, { message }: Error, hint = "") =>
		world.terminal.note(`igwh: ${what}: ${message}${hint && `\n  ${hint}`}`);

	const readBack = async (ids: readonly string[]) => {
		await store.deliveries.index(ids);
		return new Map(
			store.deliveries.findAll(ids).map((found) => [found.id, found]),
		);
	};
	const finish = async (accepted: readonly Accepted[]) => {
		const ids = accepted.map(({ id }) => id);
		try {
			const stored = await readBack(ids);
			for (const { id, forwards } of accepted) {
				const found = stored.get(id);
				if (found) await emitOne({ ...found, forwards });
			}
		} catch (error) {
			note(
				`${ids.join(", ")} stored, but not shown`,
				error as Error,
				"list them with: igwh events",
			);
		}
	};
	const emitOne = async (stored: StoredDelivery) => {
		if (recording)
			await recordFixture(stored, recording, world).catch((error: Error) =>
				note(`${stored.id} was not written as a fixture`, error),
			);
		emit(deliveryRecord(stored));
	};
	const limit = refusedLimit(world);
	const emitting = backgroundQueue(finish, world.clock, maxQueued);

	const add = async (delivery: NewDelivery) => {
		try {
			return await store.deliveries.add(delivery);
		} catch (error) {
			note(
				"a delivery could not be stored",
				error as Error,
				"Meta is answered 500, and sends it again",
			);
			throw error;
		}
	};
	const showPending = async (id: string, answered: AbortSignal) => {
		await world.clock.sleep(pendingAfterMs, answered);
		if (answered.aborted) return;
		const stored = await readBack([id]).catch(() => undefined);
		const found = stored?.get(id);
		if (found && !answered.aborted) onPending?.(deliveryRecord(found));
	};
	const ask = async (
		id: string,
		delivery: NewDelivery,
		request: HttpRequest,
	) => {
		const answered = new AbortController();
		if (onPending) void showPending(id, answered.signal);
		try {
			return await forwarder.delivery(delivery, request);
		} finally {
			answered.abort();
		}
	};
	const forward = async (
		id: string,
		delivery: NewDelivery,
		request: HttpRequest,
	) => {
		const { response, forwards } = await ask(id, delivery, request);
		counts.forwarded++;
		if (!forwards.every(({ status }) => isSuccess(status))) counts.failed++;
		await store.deliveries
			.addForwards(id, forwards)
			.catch((error: Error) =>
				note(`your app's answer to ${id} could not be stored`, error),
			);
		emitting.push({ id, forwards });
		return response;
	};
	const underWayUntilDone = <T>(work: Promise<T>) => {
		underWay.add(work);
		void work.finally(() => underWay.delete(work)).catch(() => {});
		return work;
	};

	return {
		accept: async (delivery, request) => {
			await emitting.room();
			counts.received++;
			if (!delivery.verdict.valid) counts.refused++;
			const wanted = forwarder.wants(delivery);
			if (!delivery.verdict.valid && !wanted && !limit.mayStore())
				return textResponse(401, "");
			const id = await add(delivery);
			if (!wanted) {
				emitting.push({ id, forwards: [] });
				return textResponse(200, "");
			}
			const forwarded = underWayUntilDone(forward(id, delivery, request));
			return ackFirst ? textResponse(200, "") : forwarded;
		},
		counts: () => ({ ...counts }),
		settled: async () => {
			await Promise.allSettled(underWay);
			await emitting.settled();
		},
		giveUp: () => underWay.size + emitting.clear(),
	};
}
