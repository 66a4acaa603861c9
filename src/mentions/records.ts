import type { ListedComment, Media } from "../graph/mentions.ts";
import type { InboxState } from "../store/inbox-states.ts";
import type { ReplyState } from "../store/replies.ts";

export interface MentionRecord {
	type: "mention";
	/** `caption` also for media of the account's own that was looked up by id. */
	kind: "comment" | "caption";
	/** `mentions`, or `comments` for a comment on the account's own media. */
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
	/** The ad that was commented on. */
	ad?: { id: string; title?: string; originalMediaId?: string };
	/** The newest 50 comments on the media, without answers to comments. */
	comments?: ListedComment[];
	/** The account wrote it itself; left out where that is not known. */
	own?: boolean;
	/** The account that received it, where it is not the configured one. */
	answerAs?: string;
	/** Left out for what was never received. */
	inbox?: InboxEntry;
	/** Seconds since it was written, or received where that is not known. */
	ageSeconds?: number;
}

/** The state of a mention or comment in the inbox. */
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
	/** What is known from the notification, or from an earlier lookup. */
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

/** A mention or comment that was not answered, and why. */
export interface UnansweredRecord {
	type: "unanswered";
	mediaId: string;
	commentId?: string;
	reason: string;
}

/** An answer whose outcome an earlier run left unknown, after it was checked. */
export interface UnsettledRecord {
	type: "unsettled";
	outcome: "sent" | "unknown";
	mediaId: string;
	commentId?: string;
	message: string;
	/** When it was tried, ISO 8601. */
	at: string;
	/** The id Meta gave it, where it arrived. */
	id?: string;
	detail: string;
}
