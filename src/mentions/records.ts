import type { ListedComment, Media } from "../graph/mentions.ts";
import type { InboxState } from "../store/inbox-states.ts";
import type { ReplyState } from "../store/replies.ts";

export interface MentionRecord {
	type: "mention";
	/** `caption` also for media of the account's own, asked for by its id. */
	kind: "comment" | "caption";
	/** `mentions`, or `comments` for what stands on the account's own media. */
	field: "mentions" | "comments";
	igUserId: string;
	/** As delivered: for a picture of an album the picture, while `media` is the album. */
	mediaId: string;
	commentId?: string;
	text: string;
	username?: string;
	authorId?: string;
	timestamp?: string;
	media?: Media;
	/** The comment this one answers. */
	parentId?: string;
	/** The ad the comment stands under. */
	ad?: { id: string; title?: string; originalMediaId?: string };
	/** The newest 50 comments on the media; not what answers a comment. */
	comments?: ListedComment[];
	/** The account wrote it itself; left out where that could not be told. */
	own?: boolean;
	/** The account that received it, where it is not the configured one. */
	answerAs?: string;
	/** Left out for what was never received. */
	inbox?: InboxEntry;
	/** Seconds since it was written, or received where that is not known. */
	ageSeconds?: number;
}

/** Where a mention or comment stands in the inbox. */
export interface InboxEntry {
	state: InboxState;
	deliveryId: string;
	/** ISO 8601. */
	receivedAt: string;
	reason?: string;
	/** The answer that was sent, or may have been. */
	answer?: { state: ReplyState; message: string; at: string; id?: string };
}

/** A mention that could not be read, and why; it stays in the inbox. */
export interface UnreadableRecord {
	type: "unreadable";
	field: "mentions" | "comments";
	igUserId: string;
	mediaId: string;
	commentId?: string;
	reason: string;
	/** What was known of it before. */
	text?: string;
	username?: string;
	inbox?: InboxEntry;
	ageSeconds?: number;
}

export interface ReplyRecord {
	type: "reply";
	/** The id Meta gave the reply. */
	id: string;
	mediaId: string;
	commentId?: string;
	message: string;
}

/** What was not answered, and why. */
export interface UnansweredRecord {
	type: "unanswered";
	mediaId: string;
	commentId?: string;
	reason: string;
}

/** An answer of an earlier run whose end nobody saw, after a look at what can be seen. */
export interface UnsettledRecord {
	type: "unsettled";
	outcome: "sent" | "unknown";
	mediaId: string;
	commentId?: string;
	message: string;
	/** When it was tried, ISO 8601. */
	at: string;
	/** The id Meta gave it, where it is there. */
	id?: string;
	detail: string;
}
