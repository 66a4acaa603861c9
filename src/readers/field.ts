import { instagramFields, pageFields } from "../webhook/fields.ts";
import { similar } from "./name.ts";
import { type Reader, Unreadable } from "./reader.ts";

const instagramNames = Object.keys(instagramFields);

/** What an app is subscribed to. */
export const instagramField: Reader<string> = {
	example: "mentions",
	read: (text) => {
		if (Object.hasOwn(instagramFields, text)) return text;
		if (pageFields.has(text))
			throw new Unreadable(
				"is a page field: the app is subscribed with Instagram fields",
				{
					hint: "--instagram-fields comments,live_comments,mentions,story_insights",
				},
			);
		throw unknown("instagram", text, instagramNames);
	},
};

/** What a page is subscribed to. */
export const pageField: Reader<string> = {
	example: "feed",
	read: (text) => {
		if (pageFields.has(text)) return text;
		if (Object.hasOwn(instagramFields, text))
			throw new Unreadable(
				"is an Instagram field: pages are subscribed with page fields, and any one of them turns Instagram deliveries on",
				{
					hint: `igwh subscribe --fields feed, and for the app: --callback <url> --instagram-fields ${text}`,
				},
			);
		throw unknown("page", text, [...pageFields]);
	},
};

/** A field that deliveries are chosen by. Meta may add fields, so only slips of known ones are refused. */
export const deliveredField: Reader<string> = {
	example: "mentions",
	read: (text) => {
		if (Object.hasOwn(instagramFields, text)) return text;
		const meant = similar(text, instagramNames);
		if (meant !== undefined)
			throw new Unreadable("is not an Instagram field", { suggestion: meant });
		if (/^[a-z][a-z0-9_]*$/.test(text)) return text;
		throw new Unreadable("is not the name of a field", { give: "one" });
	},
};

function unknown(
	object: "page" | "instagram",
	text: string,
	names: readonly string[],
): Unreadable {
	const suggestion = similar(text, names);
	return new Unreadable(
		`is not a field of the ${object} object`,
		suggestion ? { suggestion } : { give: "a field of Meta's reference" },
	);
}
