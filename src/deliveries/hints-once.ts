import type { DeliveryRecord } from "./records.ts";

/**
 * Leaves out the hint of a failure that the same app had at the delivery before:
 * while an app is down, its cause is the same below every line.
 */
export function hintsOnce(): (record: DeliveryRecord) => DeliveryRecord {
	const last = new Map<string, string | undefined>();
	return (record) => ({
		...record,
		forwards: record.forwards.map((forward) => {
			const { hint, ...answer } = forward;
			const isRepeated = hint !== undefined && hint === last.get(forward.url);
			last.set(forward.url, hint);
			return isRepeated ? answer : forward;
		}),
	});
}
