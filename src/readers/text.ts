import { type Reader, Unreadable } from "./reader.ts";

/** Any text but an empty one. */
export function text(example: string): Reader<string> {
	return {
		example,
		read: (typed) => {
			if (typed.trim()) return typed;
			throw new Unreadable("is empty", { give: "a text" });
		},
	};
}

export function path(example: string): Reader<string> {
	return {
		example,
		read: (typed) => {
			if (typed.trim() && !typed.includes("\0")) return typed;
			throw new Unreadable("is not a path", { give: "one" });
		},
	};
}

/** A text that can stand in a header or a URL: no control characters. */
export const token: Reader<string> = {
	example: "any-text-without-spaces",
	read: (typed) => {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
		if (typed.trim() && !/[\u0000-\u001f\u007f]/.test(typed)) return typed;
		throw new Unreadable(
			typed.trim() ? "contains control characters" : "is empty",
			{ give: "a text on one line" },
		);
	},
};
