import type { GateId } from "./gate-ids.ts";

/** A condition of live delivery that does not hold. Meta is silent about it. */
export interface Gate {
	id: string;
	/** What is missing. */
	detail: string;
	/** What opens it. */
	fix: string;
}

/** Whether a gate is open for everything that can happen. */
export interface GateState {
	id: GateId;
	open: boolean;
	/** What is missing, for each account or field that is stopped. */
	details: string[];
	fix: string;
}
