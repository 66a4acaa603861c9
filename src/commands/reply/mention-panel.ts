import { about, standing } from "../../mentions/mention-view.ts";
import type { ReadItem } from "../../mentions/read-item.ts";
import type { Panel } from "../../world.ts";

/** A mention in full, above a question: who, where, when, then what is said. */
export function mentionPanel(record: ReadItem): Panel {
	const { username = "unknown", text = "", inbox } = record;
	const facts = record.type === "mention" ? about(record) : [record.reason];
	return {
		head: [`@${username}`, facts.join("  "), ...standing(inbox)],
		text: text.split("\n"),
	};
}
