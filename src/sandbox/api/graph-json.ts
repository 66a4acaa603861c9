/**
 * JSON as the Graph API writes it: `/` as `\/`, `@` as `\u0040`, `<` as
 * `\u003C`, and ASCII only.
 * @param indent spaces for each level; one line where left out
 */
export function graphJson(value: unknown, indent?: number): string {
	// In JSON, these characters stand inside strings only.
	return JSON.stringify(value, null, indent).replace(
		/[/<@\u007f-\uffff]/g,
		escapeCharacter,
	);
}

/** The same for text inside a message: Meta shows an answer's beginning escaped. */
export function escapedText(text: string): string {
	return graphJson(text).slice(1, -1);
}

function escapeCharacter(character: string): string {
	if (character === "/") return "\\/";
	if (character === "<") return "\\u003C";
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
