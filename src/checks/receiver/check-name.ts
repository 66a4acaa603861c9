import { similar } from "../../readers/name.ts";
import { type Reader, Unreadable } from "../../readers/reader.ts";
import { checkGroups, checkIds } from "./check-ids.ts";

/** A group of checks, or one of them. */
export const checkName: Reader<string> = {
	example: checkGroups[0],
	read: (text) => {
		const names: readonly string[] = [...checkGroups, ...checkIds];
		if (names.includes(text)) return text;
		const meant = similar(text, names);
		throw new Unreadable("is not a check", {
			hint: `${meant ? `did you mean ${meant}? ` : ""}igwh verify --list shows all`,
		});
	},
};
