export interface PrunedRecord {
	type: "pruned";
	/** How many deliveries were removed, or would be. */
	deliveries: number;
	/** Nothing was removed. */
	dryRun?: true;
	/** ISO 8601. */
	before: string;
}
