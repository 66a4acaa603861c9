/** Shorter than any secret of Meta's: hidden as a word of its own, or it would black out parts of others. */
const shortLength = 8;

/** A text without the values that must not appear, whoever put them there. */
export function hideSecrets(text: string, values: readonly string[]): string {
	return values.reduce(
		(shown, value) =>
			value.length >= shortLength
				? shown.replaceAll(value, "[redacted]")
				: shown.replace(asWord(value), "[redacted]"),
		text,
	);
}

function asWord(value: string): RegExp {
	const literal = value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
	return new RegExp(`(?<!\\w)${literal}(?!\\w)`, "g");
}
