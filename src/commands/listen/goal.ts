import type { AnyRecord } from "../../cli/record.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import { IgwhError } from "../../igwh-error.ts";

export interface GoalInput {
	/** How many verified deliveries to wait for. */
	until?: number | undefined;
	/** Counts only those with a change of this field. */
	untilField?: string | undefined;
	/** Milliseconds. */
	timeout?: number | undefined;
}

/** What a listener that ends by itself waits for. */
export interface Goal {
	/** Counts a record; true once the goal is reached. */
	reachedWith(record: AnyRecord): boolean;
	/** Called when the time is up. @throws IgwhError `check` where the goal is not reached */
	checkInTime(): void;
}

export function listenGoal({ until, untilField, timeout }: GoalInput): Goal {
	const wanted = until ?? (untilField === undefined ? undefined : 1);
	const what = untilField ? `deliveries of ${untilField}` : "deliveries";
	let arrived = 0;
	return {
		reachedWith: (record) => {
			if (wanted === undefined || !isDelivery(record)) return false;
			const counts =
				record.signature.valid &&
				(untilField === undefined ||
					record.changes.some(({ field }) => field === untilField));
			if (counts) arrived += 1;
			return arrived >= wanted;
		},
		checkInTime: () => {
			if (wanted === undefined) return;
			throw new IgwhError(
				"check",
				`${arrived} of ${wanted} ${what} arrived within ${(timeout ?? 0) / 1000} s`,
				"list all deliveries with: igwh events; only verified ones count",
			);
		},
	};
}

function isDelivery(record: AnyRecord): record is DeliveryRecord {
	return record.type === "delivery";
}
