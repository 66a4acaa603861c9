import type { World } from "../world.ts";
import type { HealthChecks } from "./health-check.ts";
import type { TunnelRecord } from "./records.ts";

/** A way from outside to the receiver. */
export interface Exposure {
	/** Its first public URL, without a slash at the end. */
	url: string;
	close(): void;
}

export interface Supervision extends HealthChecks {
	world: World;
	emit(record: TunnelRecord): void;
}
