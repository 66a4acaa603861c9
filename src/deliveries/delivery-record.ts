import type { StoredDelivery } from "../store/deliveries.ts";
import type { DeliveryRecord } from "./records.ts";

/** How a delivery reads to other programs. */
export function deliveryRecord(stored: StoredDelivery): DeliveryRecord {
	const { id, receivedAt, bytes, verdict, duplicateOf, parsed, forwards } =
		stored;
	return {
		type: "delivery",
		id,
		receivedAt: new Date(receivedAt).toISOString(),
		object: parsed.object,
		bytes,
		signature: verdict,
		duplicateOf,
		changes: parsed.changes,
		forward: answering(forwards),
		forwards,
		...(parsed.problem && { problem: parsed.problem }),
	};
}

/** Meta gets the first failure, or the first answer. */
function answering(forwards: StoredDelivery["forwards"]) {
	const failed = forwards.find(({ status }) => status < 200 || status > 299);
	return failed ?? forwards[0] ?? null;
}
