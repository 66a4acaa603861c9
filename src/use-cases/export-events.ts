import type { Config } from "../config.ts";
import type { FixtureRecord } from "../records.ts";
import { openStore } from "../store/store.ts";
import { createRedaction } from "../webhook/redact-json.ts";
import type { World } from "../world.ts";
import { findDelivery } from "./events.ts";
import { exportFixture } from "./export-fixture.ts";

export interface ExportEventsInput {
	ids: readonly string[];
	redact: boolean;
}

/** Gives stored deliveries as fixtures. */
export async function* exportEvents(
	{ ids, redact }: ExportEventsInput,
	config: Config,
	world: World,
): AsyncGenerator<FixtureRecord> {
	const store = await openStore(config, world);
	const redaction = redact ? createRedaction() : undefined;
	try {
		for (const id of ids)
			yield exportFixture(findDelivery(id, store), redaction);
	} finally {
		store.close();
	}
}
