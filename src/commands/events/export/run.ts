import type { Config } from "../../../config/config.ts";
import { exportFixture } from "../../../deliveries/export-fixture.ts";
import { findDelivery } from "../../../deliveries/find-delivery.ts";
import type { FixtureRecord } from "../../../deliveries/records.ts";
import { createRedaction } from "../../../payloads/redact.ts";
import { openStore } from "../../../store/store.ts";
import type { World } from "../../../world.ts";

export interface ExportEventsInput {
	ids: readonly string[];
	redact: boolean;
}

/** Prints stored deliveries as fixtures. */
export async function* run(
	{ ids, redact }: ExportEventsInput,
	config: Config,
	world: World,
): AsyncGenerator<FixtureRecord> {
	const store = await openStore(config, world);
	const redaction = redact ? createRedaction() : undefined;
	try {
		for (const id of ids)
			yield exportFixture(
				await findDelivery(id, { store, config, world }),
				redaction,
			);
	} finally {
		store.close();
	}
}
