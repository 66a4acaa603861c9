import type { StoredDelivery } from "../store/deliveries.ts";
import type { DeliveryDetailRecord, DeliveryRecord } from "./records.ts";

/** A delivery as other programs read it. */
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

/** A delivery in full. */
export function deliveryDetailRecord(
	stored: StoredDelivery,
): DeliveryDetailRecord {
	const { target, headers, body } = stored;
	return {
		...deliveryRecord(stored),
		target,
		headers,
		bodyBase64: Buffer.from(body).toString("base64"),
	};
}

/** Meta gets the first failure, or the first answer. */
function answering(forwards: StoredDelivery["forwards"]) {
	const failed = forwards.find(({ status }) => status < 200 || status > 299);
	return failed ?? forwards[0] ?? null;
}
