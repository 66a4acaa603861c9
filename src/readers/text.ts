import { type Reader, Unreadable } from "./reader.ts";

/** Any text that is not empty. */
export function text(example: string): Reader<string> {
	return {
		example,
		read: (typed) => {
			if (typed.trim()) return typed;
			throw new Unreadable("is empty", { give: "some text" });
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

/** A text for a header or a URL: it has no control characters. */
export const token: Reader<string> = {
	example: "any-text-without-spaces",
	read: (typed) => {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters
		if (typed.trim() && !/[\u0000-\u001f\u007f]/.test(typed)) return typed;
		throw new Unreadable(
			typed.trim() ? "contains control characters" : "is empty",
			{ give: "one line of text" },
		);
	},
};

/**
 * A verify token that the App Dashboard accepts: it refuses longer ones, and
 * handles characters that a URL has to escape in several ways (webhook/README: Handshake).
 */
export const verifyToken: Reader<string> = {
	example: "my-verify-token-1",
	read: (typed) => {
		if (typed.length > maxVerifyToken)
			throw new Unreadable(
				`has ${typed.length} characters; Meta accepts at most ${maxVerifyToken}`,
				{ hint: verifyTokenHint },
				`${typed.slice(0, 16)}…`,
			);
		if (/^[\w.~-]+$/.test(typed)) return typed;
		throw new Unreadable(
			"has characters other than letters, digits, -, _, . and ~",
			{
				hint: verifyTokenHint,
			},
		);
	},
};

const maxVerifyToken = 64;
const verifyTokenHint =
	"choose another one, and give the same to the App Dashboard: at most 64 letters, digits, -, _, . and ~";
