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
import { grepDeliveries } from "./grep-deliveries.ts";
import { nothingFound } from "./nothing-found.ts";

export interface EventsInput {
	ids: readonly string[];
	field: string | undefined;
	account: string | undefined;
	invalid: boolean;
	limit: number;
	since?: TimeBound | undefined;
	until?: TimeBound | undefined;
	duplicates?: boolean;
	failed?: boolean;
	grep?: string | undefined;
	follow?: boolean;
}

/** Lists stored deliveries, newest first, or shows some in full. */
export async function* run(
	input: EventsInput,
	config: Config,
	world: World,
): AsyncGenerator<DeliveryRecord | DeliveryDetailRecord> {
	const store = await openStore(config, world);
	try {
		for (const id of input.ids)
			yield detailRecord(await findDelivery(id, { store, config, world }));
		if (input.ids.length > 0) return;
		if (input.follow) return yield* followed(input, store, world);
		let found = false;
		for (const stored of grepDeliveries(filterOf(input, world), store)) {
			found = true;
			yield deliveryRecord(stored);
		}
		if (!found)
			world.terminal.note(await nothingFound(input, store, { config, world }));
	} finally {
		store.close();
	}
}

export type EventsFilter = DeliveryFilter & Pick<EventsInput, "grep">;

function filterOf(
	{ ids, follow, since, until, ...filter }: EventsInput,
	{ clock }: World,
): EventsFilter {
	const now = clock.now();
	return {
		...filter,
		since: since && timeOf(since, now),
		until: until && timeOf(until, now),
	};
}

/** How often the store is read again; another process may write it. */
const everyMs = 250;

/** The last ones, oldest first, then new ones as they arrive. */
async function* followed(
	input: EventsInput,
	store: Store,
	world: World,
): AsyncGenerator<DeliveryRecord> {
	const filter = filterOf(input, world);
	const before = newest(store);
	const last = [...grepDeliveries(filter, store)].reverse();
	yield* last.map(deliveryRecord);
	const shown = new Set(last.map(({ id }) => id));
	let after = last.at(-1)?.id ?? before;
	const more = { ...filter, limit: Number.MAX_SAFE_INTEGER };
	while (!world.interrupt.aborted) {
		for (const stored of grepDeliveries({ ...more, after }, store)) {
			if (shown.has(stored.id)) continue;
			yield deliveryRecord(stored);
			// An app may fail at an earlier delivery later than at this one.
			if (filter.failed) shown.add(stored.id);
			else after = stored.id;
		}
		await world.clock.sleep(everyMs, world.interrupt);
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
