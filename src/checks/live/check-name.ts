import { similar } from "../../readers/name.ts";
import { type Reader, Unreadable } from "../../readers/reader.ts";
import { type LiveCheckId, liveCheckIds, liveGroups } from "./check-ids.ts";

/** A check of live delivery. */
export const liveCheckId: Reader<LiveCheckId> = {
	example: "app.fields",
	read: (text) => {
		const id = liveCheckIds.find((known) => known === text);
		if (id) return id;
		throw unknown(text, liveCheckIds);
	},
};

/** A check of live delivery, or a group of them. */
export const liveCheckName: Reader<string> = {
	example: "callback",
	read: (text) => {
		const names: readonly string[] = [...liveGroups, ...liveCheckIds];
		if (names.includes(text)) return text;
		throw unknown(text, names);
	},
};

function unknown(text: string, names: readonly string[]): Unreadable {
	const meant = similar(text, names);
	return new Unreadable("is not a check", {
		hint: `${meant ? `did you mean ${meant}? ` : ""}igwh doctor --list shows all`,
	});
}
