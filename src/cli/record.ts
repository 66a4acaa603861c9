/** Any record; its type defines its other members. */
export interface AnyRecord {
	type: string;
}
