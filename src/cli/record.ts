/** Any of them; the type says what it tells. */
export interface AnyRecord {
	type: string;
}
