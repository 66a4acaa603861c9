/** Any record; its type says what it holds. */
export interface AnyRecord {
	type: string;
}
