import type { NewDelivery } from "../../src/store/deliveries.ts";

/** A delivery as the receiver hands it to the store. */
export function newDelivery(
	payload: unknown,
	{ valid = true, receivedAt = 1_760_000_000_000 } = {},
): NewDelivery {
	return {
		receivedAt,
		target: "/webhook",
		headers: [["Content-Type", "application/json"]],
		body: Buffer.from(
			typeof payload === "string" ? payload : JSON.stringify(payload),
		),
		verdict: { valid },
	};
}

/** A delivery of these comments. */
export function commentDelivery(...ids: number[]): NewDelivery {
	return newDelivery(commentPayload(...ids));
}

export function commentPayload(...ids: number[]) {
	const changes = ids.map((id) => ({
		field: "comments",
		value: { id: String(id), text: "hi", from: { id: "12345" } },
	}));
	return {
		object: "instagram",
		entry: [{ id: "17841400000000001", time: 1_760_000_000, changes }],
	};
}
