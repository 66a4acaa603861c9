import type {
	MentionRecord,
	UnreadableRecord,
} from "../../mentions/records.ts";

/** An answer as it would be sent. */
export interface DraftRecord {
	type: "draft";
	mediaId: string;
	commentId?: string;
	username?: string;
	text?: string;
	message: string;
}

/** What the person chose from the list, shown in full before they are asked what to do. */
export interface ChosenRecord {
	type: "chosen";
	record: MentionRecord | UnreadableRecord;
	/** The text, line by line. */
	lines: string[];
}
