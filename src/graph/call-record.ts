/** A Graph call that a dry run would make. */
export interface CallRecord {
	type: "call";
	method: string;
	url: string;
	parameters: Readonly<Record<string, string>>;
}
