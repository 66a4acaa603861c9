import { type LiveCheckId, liveCheckIds } from "../../checks/live/check-ids.ts";
import { type Reader, Unreadable } from "../../readers/reader.ts";

/** An answer to a question that no API answers, as it is typed. */
export interface TypedAnswer {
	id: LiveCheckId;
	yes: boolean;
}

/** The checks that a person can answer. */
const answerable: readonly LiveCheckId[] = [
	"app.live",
	"access.advanced",
	"access.messages",
];

/** `app.live=yes` */
export const typedAnswer: Reader<TypedAnswer> = {
	example: "app.live=yes",
	read: (text) => {
		const [name, word] = text.split("=");
		const id = liveCheckIds.find((known) => known === name);
		if (id && answerable.includes(id) && (word === "yes" || word === "no"))
			return { id, yes: word === "yes" };
		throw new Unreadable("is not an answer", {
			give: `one of ${answerable.join(", ")}, and yes or no`,
		});
	},
};
