import { textResponse } from "../http.ts";
import type { PassOn } from "../receiver/pass-on.ts";
import type { ReceiverOptions } from "../receiver/receiver.ts";
import type { DeliveryRecord } from "../records.ts";
import type { Forward, StoredDelivery } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { deliveryRecord } from "./delivery-record.ts";
import { recordFixture } from "./export-fixture.ts";

export interface AcceptOptions {
	store: Store;
	passing: PassOn;
	/** Meta gets its 200 before the app is asked. */
	ackFirst: boolean;
	/** The folder that takes each delivery as a fixture. */
	folder: string | undefined;
	tell(record: DeliveryRecord): void;
}

export interface Accepting {
	accept: ReceiverOptions["accept"];
	/** Resolves when nothing acknowledged first is under way any more. */
	settled(): Promise<unknown>;
}

/** Stores each delivery, passes it on where that is wanted, and tells it. */
export function acceptDeliveries(
	{ store, passing, ackFirst, folder, tell }: AcceptOptions,
	world: World,
): Accepting {
	const underWay = new Set<Promise<unknown>>();

	const finish = async (stored: StoredDelivery, forwards: Forward[]) => {
		if (forwards.length > 0)
			await store.deliveries
				.addForwards(stored.id, forwards)
				.catch((error: Error) => noteUnstored(stored.id, error));
		tell(deliveryRecord({ ...stored, forwards }));
	};
	const noteUnstored = (what: string, { message }: Error) =>
		world.terminal.note(`igwh: ${what} could not be stored: ${message}`);

	return {
		settled: () => Promise.allSettled(underWay),
		accept: async (delivery, request) => {
			const stored = await store.deliveries.add(delivery).catch((error) => {
				noteUnstored("a delivery, which Meta is told to send again,", error);
				throw error;
			});
			if (folder !== undefined)
				await recordFixture(stored, folder, world).catch((error: Error) =>
					world.terminal.note(
						`igwh: ${stored.id} is no fixture: ${error.message}`,
					),
				);
			if (!passing.wants(stored)) {
				await finish(stored, []);
				return textResponse(200, "");
			}
			const passed = passing
				.delivery(stored, request)
				.then(async ({ response, forwards }) => {
					await finish(stored, forwards);
					return response;
				});
			if (!ackFirst) return passed;
			underWay.add(passed);
			void passed.finally(() => underWay.delete(passed)).catch(() => {});
			return textResponse(200, "");
		},
	};
}
