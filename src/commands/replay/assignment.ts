import { type Reader, Unreadable } from "../../readers/reader.ts";

/** `path=value` or `path:=json`; the path is checked against each payload later. */
export const assignment: Reader<string> = {
	example: "entry.0.changes.0.value.text=hello",
	read: (text) => {
		if (/^[^=]*[^=:]:?=/.test(text)) return text;
		throw new Unreadable("is not path=value", { give: "a path and a value" });
	},
};
