import { deliveryDetailRecord } from "../../deliveries/delivery-record.ts";
import { asIgwhError } from "../../igwh-error.ts";
import type { Receiving } from "../../receiver/start-receiver.ts";
import type { StoredDelivery } from "../../store/deliveries.ts";
import type { Store } from "../../store/store.ts";
import type { ListenRecord } from "./records.ts";
import type { Screen } from "./screen.ts";

export interface KeyOptions {
	screen: Screen;
	receiving: Pick<Receiving, "replay">;
	store: Pick<Store, "deliveries">;
	/** Whether there is an app to replay to. */
	forwards: boolean;
	/** Deliveries with an invalid signature are forwarded too. */
	unverified: boolean;
	/** The command that sends a first delivery. */
	tryWith: string;
	emit(record: ListenRecord): void;
	quit(): void;
}

/** What each key does while `listen` runs. */
export function listenKeys(options: KeyOptions): (key: string) => void {
	const { screen, store, tryWith, quit } = options;
	const current = () => {
		const id = screen.current();
		const found = id === undefined ? undefined : store.deliveries.find(id);
		if (!found) screen.say(`no delivery yet; send one with: ${tryWith}`);
		return found;
	};
	const actions: Readonly<Record<string, () => unknown>> = {
		r: () => replay(current(), options),
		d: () => showDetail(current(), options),
		f: screen.toggleFailures,
		p: screen.togglePause,
		q: quit,
		up: () => screen.select(-1),
		down: () => screen.select(1),
		escape: () => screen.select(0),
	};
	return (key) => {
		const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
		void attempt(action, screen);
	};
}

/** A key that fails must not end the listener. */
async function attempt(
	action: (() => unknown) | undefined,
	screen: Screen,
): Promise<void> {
	try {
		await action?.();
	} catch (error) {
		screen.say(asIgwhError(error).message);
	}
}

async function replay(
	delivery: StoredDelivery | undefined,
	{ screen, receiving, forwards, unverified, emit }: KeyOptions,
): Promise<void> {
	if (!delivery) return;
	const { id, verdict } = delivery;
	if (!forwards)
		return screen.say(
			"no app to replay to; start with: igwh listen --forward 3000",
		);
	if (!verdict.valid && !unverified)
		return screen.say(`${id} has an invalid signature: it is not forwarded`);
	screen.say(`replaying ${id} …`);
	emit({ type: "replayed", id, forwards: await receiving.replay(delivery) });
}

function showDetail(
	delivery: StoredDelivery | undefined,
	{ emit }: KeyOptions,
): void {
	if (!delivery) return;
	emit({ type: "detail", delivery: deliveryDetailRecord(delivery) });
}
