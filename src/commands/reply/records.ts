/** An answer as it would be sent. */
export interface DraftRecord {
	type: "draft";
	mediaId: string;
	commentId?: string;
	username?: string;
	text?: string;
	message: string;
}

/** What a dry run of `--all` comes to. */
export interface DraftsRecord {
	type: "summary";
	/** How many answers would be sent. */
	drafts: number;
	/** How many mentions and comments cannot be answered. */
	unanswered: number;
}
