import type { AnyRecord } from "../../cli/record.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import { IgwhError } from "../../igwh-error.ts";

export interface GoalInput {
	/** How many verified deliveries to wait for. */
	until?: number | undefined;
	/** Only those with a change of this field count. */
	untilField?: string | undefined;
	/** Milliseconds. */
	timeout?: number | undefined;
}

/** What a listener that ends by itself waits for. */
export interface Goal {
	/** Counts a record; true once there is nothing left to wait for. */
	reachedWith(record: AnyRecord): boolean;
	/** The time is up. @throws IgwhError `check` where something did not come */
	checkInTime(): void;
}

export function listenGoal({ until, untilField, timeout }: GoalInput): Goal {
	const wanted = until ?? (untilField === undefined ? undefined : 1);
	const what = untilField ? `deliveries of ${untilField}` : "deliveries";
	let came = 0;
	return {
		reachedWith: (record) => {
			if (wanted === undefined || !isDelivery(record)) return false;
			const counts =
				record.signature.valid &&
				(untilField === undefined ||
					record.changes.some(({ field }) => field === untilField));
			if (counts) came += 1;
			return came >= wanted;
		},
		checkInTime: () => {
			if (wanted === undefined) return;
			throw new IgwhError(
				"check",
				`${came} of ${wanted} ${what} came within ${(timeout ?? 0) / 1000} s`,
				"igwh events lists what came; a verified delivery counts, a refused one does not",
			);
		},
	};
}

function isDelivery(record: AnyRecord): record is DeliveryRecord {
	return record.type === "delivery";
}
