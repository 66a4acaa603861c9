import type { Config } from "../config/config.ts";
import { IgwhError } from "../igwh-error.ts";
import type { StoredDelivery } from "../store/deliveries.ts";
import { hintOfOtherStore } from "../store/other-store.ts";
import { type Store, storePath } from "../store/store.ts";
import type { World } from "../world.ts";

interface Context {
	store: Store;
	config: Config;
	world: World;
}

/** @throws IgwhError `input` where there is none with this id */
export async function findDelivery(
	id: string,
	{ store, config, world }: Context,
): Promise<StoredDelivery> {
	const stored = store.deliveries.find(id);
	if (stored) return stored;
	throw new IgwhError(
		"input",
		`there is no delivery ${id} in ${storePath(config)}`,
		(await hintOfOtherStore("events", config, world)) ??
			"to list them: igwh events",
	);
}
