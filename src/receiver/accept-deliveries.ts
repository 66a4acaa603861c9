import { deliveryRecord } from "../deliveries/delivery-record.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { type HttpRequest, textResponse } from "../http.ts";
import type { Forward, NewDelivery } from "../store/deliveries.ts";
import { isSuccess } from "../webhook/meta-retries.ts";
import type { World } from "../world.ts";
import {
	type EmitOptions,
	emitDeliveries,
	readBack,
} from "./emit-deliveries.ts";
import type { Forwarder } from "./forwarder.ts";
import { noteFailure } from "./note-failure.ts";
import type { ReceiverOptions } from "./receiver.ts";
import type { ReceiverCounts } from "./records.ts";
import { refusedLimit } from "./refused-limit.ts";

export interface AcceptOptions extends EmitOptions {
	forwarder: Forwarder;
	/** Meta gets its 200 before the app is asked. */
	ackFirst: boolean;
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

/** A stored delivery on its way to the apps. */
interface Forwarding {
	id: string;
	delivery: NewDelivery;
	request: HttpRequest;
}

/** An app that takes longer is shown as pending, in milliseconds. */
const pendingAfterMs = 100;

/**
 * Stores each delivery, forwards it where that is wanted, and emits it. A record's
 * details are read back from the store when there is time, so that in a burst only
 * what Meta's answer needs is done at once.
 */
export function acceptDeliveries(
	options: AcceptOptions,
	world: World,
): Accepting {
	const { forwarder, ackFirst } = options;
	const counts = { received: 0, refused: 0, forwarded: 0, failed: 0 };
	const limit = refusedLimit(world);
	const emitting = emitDeliveries(options, world);
	const { underWay, track } = trackWork();

	const forward = async (forwarding: Forwarding) => {
		const { id } = forwarding;
		const { response, forwards } = await askApps(forwarding, options, world);
		counts.forwarded++;
		if (!forwards.every(({ status }) => isSuccess(status))) counts.failed++;
		await addForwards(id, forwards, options, world);
		emitting.push({ id, forwards });
		return response;
	};

	return {
		accept: async (delivery, request) => {
			await emitting.room();
			counts.received++;
			if (!delivery.verdict.valid) counts.refused++;
			const wanted = forwarder.wants(delivery);
			if (!delivery.verdict.valid && !wanted && !limit.mayStore())
				return textResponse(401, "");
			const id = await addDelivery(delivery, options, world);
			if (!wanted) {
				emitting.push({ id, forwards: [] });
				return textResponse(200, "");
			}
			const forwarded = track(forward({ id, delivery, request }));
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

/** Work that is not done yet. */
function trackWork() {
	const underWay = new Set<Promise<unknown>>();
	const track = <T>(work: Promise<T>) => {
		underWay.add(work);
		void work.finally(() => underWay.delete(work)).catch(() => {});
		return work;
	};
	return { underWay, track };
}

/** @throws what the store threw: Meta must not get a 200 */
async function addDelivery(
	delivery: NewDelivery,
	{ store }: AcceptOptions,
	world: World,
): Promise<string> {
	try {
		return await store.deliveries.add(delivery);
	} catch (error) {
		noteFailure(
			"a delivery could not be stored",
			error as Error,
			world,
			"Meta is answered 500, and sends it again",
		);
		throw error;
	}
}

/** Forwards a delivery; shows it as pending while its apps take long. */
async function askApps(
	{ id, delivery, request }: Forwarding,
	options: AcceptOptions,
	world: World,
) {
	const answered = new AbortController();
	if (options.onPending) void showPending(id, answered.signal, options, world);
	try {
		return await options.forwarder.delivery(delivery, request);
	} finally {
		answered.abort();
	}
}

async function showPending(
	id: string,
	answered: AbortSignal,
	{ store, onPending }: AcceptOptions,
	{ clock }: World,
): Promise<void> {
	await clock.sleep(pendingAfterMs, answered);
	if (answered.aborted) return;
	const stored = await readBack([id], store).catch(() => undefined);
	const found = stored?.get(id);
	if (found && !answered.aborted) onPending?.(deliveryRecord(found));
}

async function addForwards(
	id: string,
	forwards: Forward[],
	{ store }: AcceptOptions,
	world: World,
): Promise<void> {
	await store.deliveries
		.addForwards(id, forwards)
		.catch((error: Error) =>
			noteFailure(
				`your app's answer to ${id} could not be stored`,
				error,
				world,
			),
		);
}
