/** An answer as it would be sent. */
export interface DraftRecord {
	type: "draft";
	mediaId: string;
	commentId?: string;
	username?: string;
	text?: string;
	message: string;
}

/** The total of a dry run of `--all`. */
export interface DraftsRecord {
	type: "summary";
	/** How many answers would be sent. */
	drafts: number;
	/** How many mentions and comments cannot be answered. */
	unanswered: number;
}
