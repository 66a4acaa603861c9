import { createHash } from "node:crypto";

/** Which replacement each value has got. */
export interface Replacements {
	/** The replacement of a value, made where it has none. */
	of(value: string, make: () => string): string;
}

/**
 * Remembers the latest replacements; the oldest are forgotten first.
 * @param limit characters of all that is remembered
 */
export function createReplacements(limit: number): Replacements {
	const known = new Map<string, string>();
	let size = 0;
	const forget = (key: string) => {
		size -= key.length + (known.get(key)?.length ?? 0);
		known.delete(key);
	};
	return {
		of(value, make) {
			const key = keyOf(value);
			const found = known.get(key);
			if (found !== undefined) return found;
			const made = make();
			known.set(key, made);
			size += key.length + made.length;
			for (const oldest of known.keys()) {
				if (size <= limit) break;
				forget(oldest);
			}
			return made;
		},
	};
}

/** A value itself could be long, and as part of a body would keep all of it in memory. */
function keyOf(value: string): string {
	return createHash("sha256").update(value, "utf16le").digest("base64");
}
