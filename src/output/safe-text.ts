/**
 * Strangers write the comments igwh prints. Control characters could move the
 * cursor or rewrite the screen, and direction marks could reorder the line.
 */
const unsafe =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
	/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text for a terminal: white space becomes a space, what could act on it goes. */
export function safeText(text: string): string {
	// Most texts are safe, and a load prints many.
	return text.search(unsafe) < 0
		? text
		: text.replace(/[\n\r\t\u2028\u2029]+/g, " ").replace(unsafe, "");
}

/** A value with every string in it made safe for a terminal; itself where all are. */
export function safeValue<T>(value: T): T {
	return isSafe(value) ? value : (cleaned(value) as T);
}

function isSafe(value: unknown): boolean {
	if (typeof value === "string") return value.search(unsafe) < 0;
	if (typeof value !== "object" || value === null) return true;
	for (const key in value)
		if (!isSafe(key) || !isSafe((value as Record<string, unknown>)[key]))
			return false;
	return true;
}

function cleaned(value: unknown): unknown {
	if (typeof value === "string") return safeText(value);
	if (Array.isArray(value)) return value.map(cleaned);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			safeText(key),
			cleaned(inner),
		]),
	);
}

/** JSON on one line; what could act on a terminal is escaped, so nothing is lost. */
export function jsonLine(value: unknown): string {
	return JSON.stringify(value).replace(
		unsafe,
		(character) =>
			`\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
