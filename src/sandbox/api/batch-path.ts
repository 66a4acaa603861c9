/**
 * The values at a path such as `$.data.*.id` or `$[0]["name"]`, as texts: the
 * part of JSONPath that batches use. Nothing where the path leads nowhere.
 */
export function jsonPathValues(json: unknown, path: string): string[] {
	let values = [json];
	for (const [, dotted, bracketed] of path.matchAll(step))
		values = values.flatMap((value) =>
			childrenOf(value, (dotted ?? bracketed ?? "").replace(/["']/g, "")),
		);
	return values
		.filter((value) => value !== undefined && value !== null)
		.map((value) =>
			typeof value === "object" ? JSON.stringify(value) : String(value),
		);
}

const step = /\.([\w-]+|\*)|\[([^\]]+)\]/g;

function childrenOf(value: unknown, name: string): unknown[] {
	if (typeof value !== "object" || value === null) return [];
	if (name === "*") return Object.values(value);
	return Object.hasOwn(value, name)
		? [(value as Record<string, unknown>)[name]]
		: [];
}
