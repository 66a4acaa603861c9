import { distance } from "fastest-levenshtein";
import { type Reader, Unreadable } from "./reader.ts";

/** One of several names, which the error lists. */
export function oneOf<const T extends string>(
	names: readonly T[],
): Reader<T> & { names: readonly T[] } {
	return {
		names,
		example: names[0] ?? "",
		read: (text) => {
			const name = names.find((name) => name === text);
			if (name !== undefined) return name;
			throw unknownName(text, names);
		},
	};
}

/** A longer list of names is shown only where no name is similar. */
const maxListed = 6;

function unknownName(text: string, names: readonly string[]): Unreadable {
	const list = names.join(", ");
	const isShort = names.length <= maxListed;
	const meant = similar(text, names);
	return new Unreadable(
		isShort ? `is not one of ${list}` : "is not a known name",
		meant
			? { suggestion: meant }
			: isShort
				? { give: "one of them" }
				: { hint: `give one of: ${list}` },
	);
}

/** The name nearest to a text. */
export function nearest(
	text: string,
	names: readonly string[],
): string | undefined {
	return names.toSorted((a, b) => distance(text, a) - distance(text, b))[0];
}

/** The name that a text misspells, if any: at most two letters differ. */
export function similar(
	text: string,
	names: readonly string[],
): string | undefined {
	const name = nearest(text, names);
	return name !== undefined && distance(text, name) <= 2 ? name : undefined;
}

/** A label of a host name, such as a tunnel's. */
export const subdomain: Reader<string> = {
	example: "my-webhooks",
	read: (text) => {
		if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(text))
			return text.toLowerCase();
		throw new Unreadable("is not a subdomain", {
			give: "letters, digits and hyphens",
		});
	},
};

/** A profile, which becomes part of file names: `.env.staging`. */
export const profileName: Reader<string> = {
	example: "staging",
	read: (text) => {
		if (/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(text)) return text;
		throw new Unreadable("is not the name of a profile", {
			give: "letters, digits, _ and -",
		});
	},
};

/** An Instagram username, with or without @. */
export const username: Reader<string> = {
	example: "some.one",
	read: (text) => {
		const name = text.replace(/^@/, "");
		if (/^[\w.]{1,30}$/.test(name)) return name;
		throw new Unreadable("is not an Instagram username", {
			give: "at most 30 letters, digits, _ and .",
		});
	},
};
