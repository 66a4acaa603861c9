import type { Config } from "../../config/config.ts";
import { deliveryRecord } from "../../deliveries/delivery-record.ts";
import { findDelivery } from "../../deliveries/find-delivery.ts";
import type {
	DeliveryDetailRecord,
	DeliveryRecord,
} from "../../deliveries/records.ts";
import { type TimeBound, timeOf } from "../../readers/read-time-bound.ts";
import type { DeliveryFilter, StoredDelivery } from "../../store/deliveries.ts";
import { openStore, type Store } from "../../store/store.ts";
import type { World } from "../../world.ts";

export interface EventsInput {
	ids: readonly string[];
	field: string | undefined;
	account: string | undefined;
	invalid: boolean;
	limit: number;
	since?: TimeBound | undefined;
	until?: TimeBound | undefined;
	duplicates?: boolean;
	follow?: boolean;
}

/** Tells of the stored deliveries, newest first, or of some in full. */
export async function* run(
	{ ids, follow, since, until, ...filter }: EventsInput,
	config: Config,
	world: World,
): AsyncGenerator<DeliveryRecord | DeliveryDetailRecord> {
	const store = await openStore(config, world);
	try {
		for (const id of ids) yield detailRecord(findDelivery(id, store));
		if (ids.length > 0) return;
		const now = world.clock.now();
		const wanted: DeliveryFilter = {
			...filter,
			since: since && timeOf(since, now),
			until: until && timeOf(until, now),
		};
		if (follow) yield* followed(wanted, store, world);
		else yield* listed(wanted, store, world);
	} finally {
		store.close();
	}
}

function* listed(filter: DeliveryFilter, store: Store, world: World) {
	let found = false;
	for (const stored of store.deliveries.list(filter)) {
		found = true;
		yield deliveryRecord(stored);
	}
	if (!found)
		world.terminal.note("no deliveries here; they arrive through: igwh listen");
}

/** How often the store is asked for more; another process may write it. */
const everyMs = 250;

/** The last ones, oldest first, then those that come. */
async function* followed(
	filter: DeliveryFilter,
	store: Store,
	{ clock, interrupt }: World,
): AsyncGenerator<DeliveryRecord> {
	const last = [...store.deliveries.list(filter)].reverse();
	yield* last.map(deliveryRecord);
	let after = last.at(-1)?.id ?? newest(store);
	const more = { ...filter, limit: Number.MAX_SAFE_INTEGER };
	while (!interrupt.aborted) {
		for (const stored of store.deliveries.list({ ...more, after })) {
			yield deliveryRecord(stored);
			after = stored.id;
		}
		await clock.sleep(everyMs, interrupt);
	}
}

function newest(store: Store): string {
	const [stored] = store.deliveries.list({ limit: 1 });
	return stored?.id ?? "d0";
}

function detailRecord(stored: StoredDelivery): DeliveryDetailRecord {
	const { target, headers, body } = stored;
	return {
		...deliveryRecord(stored),
		target,
		headers,
		bodyBase64: Buffer.from(body).toString("base64"),
	};
}
