import { IgwhError } from "../igwh-error.ts";
import type { StoredDelivery } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";

/** @throws IgwhError `input` where there is none of this id */
export function findDelivery(id: string, store: Store): StoredDelivery {
	const stored = store.deliveries.find(id);
	if (stored) return stored;
	throw new IgwhError(
		"input",
		`there is no delivery ${id} in the store`,
		"igwh events lists those there are",
	);
}
