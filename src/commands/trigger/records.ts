export interface TriggerRecord {
	type: "trigger";
	field: string;
	accountId: string;
	value: unknown;
	delivery: { url: string; status?: number; ms: number; error?: string } | null;
	gates: { id: string; detail: string; fix: string }[];
}
