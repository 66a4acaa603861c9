import { instagramFields } from "../../webhook/fields.ts";
import { type WireStyle, wireBytes } from "../../webhook/wire-encoding.ts";
import { unixSeconds } from "../graph-time.ts";

/** Something that happened to an account, about to be delivered. */
export interface NewChange {
	accountId: string;
	/** An Instagram field. */
	field: string;
	value: Record<string, unknown>;
}

/** The bytes of a delivery, in one of Meta's two encodings. */
export interface DeliveryBody {
	bytes: Uint8Array;
	style: WireStyle;
}

/**
 * One delivery of changes of one field, an entry for each account.
 * @param includeValues whether the app subscribed with values
 * @param now Unix milliseconds
 */
export function deliveryBody(
	changes: readonly NewChange[],
	{ now, includeValues = true }: { now: number; includeValues?: boolean },
): DeliveryBody {
	const container = containerOf(changes);
	if (container !== "changes") return messagingBody(changes, container, now);
	return changesBody(
		entriesOf(changes, (id, own) => ({
			id,
			time: unixSeconds(now),
			...(includeValues
				? { changes: own.map(({ value, field }) => ({ value, field })) }
				: { changed_fields: own.map(({ field }) => field) }),
		})),
	);
}

/** In the key order of live deliveries: value before field, object last (README: Deliveries). */
export function changesBody(entry: readonly object[]): DeliveryBody {
	return encoded({ entry, object: "instagram" }, "changes");
}

function messagingBody(
	changes: readonly NewChange[],
	container: "messaging" | "standby",
	now: number,
): DeliveryBody {
	const entry = entriesOf(changes, (id, own) => ({
		time: now,
		id,
		[container]: own.map(({ value }) => value),
	}));
	return encoded({ object: "instagram", entry }, "messaging");
}

function encoded(payload: object, style: WireStyle): DeliveryBody {
	return { bytes: wireBytes(JSON.stringify(payload), style), style };
}

function containerOf([change]: readonly NewChange[]) {
	return instagramFields[change?.field ?? ""]?.container ?? "changes";
}

function entriesOf(
	changes: readonly NewChange[],
	entry: (accountId: string, own: readonly NewChange[]) => object,
): object[] {
	const byAccount = new Map<string, NewChange[]>();
	for (const change of changes) {
		const own = byAccount.get(change.accountId);
		if (own) own.push(change);
		else byAccount.set(change.accountId, [change]);
	}
	return [...byAccount].map(([id, own]) => entry(id, own));
}
