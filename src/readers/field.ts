import { instagramFields, pageFields } from "../webhook/fields.ts";
import { nearest, similar } from "./name.ts";
import { type Reader, Unreadable } from "./reader.ts";

const instagramNames = Object.keys(instagramFields);

/** A field that an app subscribes to. */
export const instagramField: Reader<string> = {
	example: "mentions",
	read: (text) => {
		if (Object.hasOwn(instagramFields, text)) return text;
		if (pageFields.has(text))
			throw new Unreadable(
				"is a page field; apps subscribe to Instagram fields",
				{
					hint: "for example: --instagram-fields comments,live_comments,mentions,story_insights",
				},
			);
		throw unknown("instagram", text, instagramNames);
	},
};

/** A field that a page subscribes to. */
export const pageField: Reader<string> = {
	example: "feed",
	read: (text) => {
		if (pageFields.has(text)) return text;
		if (Object.hasOwn(instagramFields, text))
			throw new Unreadable(
				"is an Instagram field; pages subscribe to page fields, and any one of them turns on Instagram deliveries",
				{
					hint: `for the page: igwh subscribe --fields feed; for the app: igwh subscribe --callback <url> --instagram-fields ${text}`,
				},
			);
		throw unknown("page", text, [...pageFields]);
	},
};

/** A field to filter deliveries by. */
export const deliveredField: Reader<string> = {
	example: "mentions",
	read: (text) => {
		if (Object.hasOwn(instagramFields, text)) return text;
		throw new Unreadable("is not an Instagram field", meant(text));
	},
};

/** The nearest field; all fields where none is similar to the text. */
function meant(text: string) {
	const suggestion = nearest(text, instagramNames) ?? "";
	return similar(text, instagramNames)
		? { suggestion }
		: { suggestion, more: `all fields: ${instagramNames.join(", ")}` };
}

function unknown(
	object: "page" | "instagram",
	text: string,
	names: readonly string[],
): Unreadable {
	const suggestion = nearest(text, names) ?? "";
	return new Unreadable(`is not a field of the ${object} object`, {
		suggestion,
	});
}
