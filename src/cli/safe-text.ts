/**
 * Strangers write the comments igwh prints. Control characters could move the
 * cursor or rewrite the screen, direction marks could reorder the line, and what
 * takes no room (zero-width characters, tags) could hide a text in another. Only
 * what makes emoji stays: the selector of their form, and a joiner between two.
 */
const unsafe =
	/(?![\ufe0e\ufe0f]|(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** Most texts are plain; this check is fast. */
const plain = /^[ -~]*$/;

/** Text for a terminal: white space becomes a space, control characters are removed. */
export function safeText(text: string): string {
	return isSafeText(text)
		? text
		: text.replace(/[\n\r\t\u2028\u2029]+/g, " ").replace(unsafe, "");
}

/** A text of several lines for a terminal. */
export function safeLines(text: string): string {
	return text.split("\n").map(safeText).join("\n");
}

/** A value with every string in it made safe for a terminal; itself where all are. */
export function safeValue<T>(value: T): T {
	return isSafe(value) ? value : (cleaned(value) as T);
}

function isSafeText(text: string): boolean {
	return plain.test(text) || text.search(unsafe) < 0;
}

function isSafe(value: unknown): boolean {
	if (typeof value === "string") return isSafeText(value);
	if (typeof value !== "object" || value === null) return true;
	for (const key in value)
		if (!isSafeText(key) || !isSafe((value as Record<string, unknown>)[key]))
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
	return escaped(JSON.stringify(value));
}

/** JSON of several lines, escaped in the same way. */
export function jsonLines(value: unknown): string {
	return escaped(JSON.stringify(value, null, "\t"));
}

/** In JSON, line breaks and tabs are only between values. */
function escaped(json: string): string {
	return json.replace(unsafe, (character) =>
		character === "\n" || character === "\t"
			? character
			: character.replace(
					/[\s\S]/g,
					(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
				),
	);
}
