export interface TriggerRecord {
	type: "trigger";
	field: string;
	accountId: string;
	/** Of the first one, where there are several. */
	value: unknown;
	delivery: { url: string; status?: number; ms: number; error?: string } | null;
	gates: { id: string; detail: string; fix: string }[];
	/** Where there is more than one. */
	deliveries?: { sent: number; ok: number; failed: number };
}

/** A step of a scenario that is not a trigger. */
export interface StepRecord {
	type: "step";
	step: string;
	input: Record<string, unknown>;
}
