import type { Config } from "../../config/config.ts";
import { hintOfOtherStore } from "../../store/other-store.ts";
import { type Store, storePath } from "../../store/store.ts";
import type { World } from "../../world.ts";
import type { EventsInput } from "./run.ts";

interface Context {
	config: Config;
	world: World;
}

/** Why a list is empty: which store was read, and where deliveries are. */
export async function nothingFound(
	{ ids, follow, limit, ...filters }: EventsInput,
	{ deliveries }: Store,
	{ config, world }: Context,
): Promise<string> {
	const path = storePath(config);
	const [newest] = deliveries.list({ limit: 1 });
	const isFiltered = Object.values(filters).some(Boolean);
	const other = await hintOfOtherStore("events", config, world);
	if (!newest)
		return lines(
			`no deliveries in ${path}`,
			other ?? "they arrive through: igwh listen",
		);
	const date = new Date(newest.receivedAt).toISOString().slice(0, 19);
	return lines(
		isFiltered
			? `no delivery in ${path} matches these filters`
			: `no deliveries in ${path}`,
		`the newest is ${newest.id} of ${date.replace("T", " ")} UTC; to list all: igwh events${config.sandbox ? " --sandbox" : ""}`,
		other,
	);
}

function lines(message: string, ...hints: (string | undefined)[]): string {
	return [message, ...hints.filter(Boolean).map((hint) => `  ${hint}`)].join(
		"\n",
	);
}
