import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";
import { nextCursor, type Part } from "./read-all.ts";

/** The media that a mention or comment belongs to. */
export interface Media {
	id: string;
	mediaType?: string;
	/** `FEED`, `REELS`, `AD`, `STORY` or `LIVE`; of the account's own media only. */
	productType?: string;
	permalink?: string;
	username?: string;
	caption?: string;
}

/** The comment that mentions an account. */
export interface MentionedComment {
	id: string;
	text: string;
	username?: string;
	/** Who wrote it; on media of the account's own only. */
	authorId?: string;
	timestamp?: string;
	/** The comment this one answers; on media of the account's own only. */
	parentId?: string;
	media?: Media;
}

/** A comment in a list. */
export interface ListedComment {
	id: string;
	text: string;
	username?: string;
	timestamp?: string;
}

/** The media whose caption mentions an account. */
export interface MentionedMedia {
	id: string;
	caption: string;
	username?: string;
	timestamp?: string;
	media: Media;
	/** The newest 50 at most. */
	comments: ListedComment[];
}

const commentFields =
	"id,text,timestamp,username,media{id,media_type,permalink,username}";
/** Enough to show the conversation below a media. */
export const newestComments = "comments.limit(50){id,text,username,timestamp}";
const mediaFields = `id,caption,media_type,permalink,username,timestamp,${newestComments}`;

/**
 * Reads a comment in which the account is mentioned, on anyone's media; a plain
 * GET of the comment works for the account's own media only.
 */
export function readMentionedComment(
	igUserId: string,
	commentId: string,
): GraphCall<MentionedComment> {
	return {
		method: "GET",
		path: `/${igUserId}`,
		parameters: {
			fields: `mentioned_comment.comment_id(${commentId}){${commentFields}}`,
		},
		token: "page",
		feature: "read-mentions",
		read: ({ mentioned_comment }) => readComment(mentioned_comment),
	};
}

/** Reads media in whose caption the account is mentioned, with its newest comments. */
export function readMentionedMedia(
	igUserId: string,
	mediaId: string,
): GraphCall<MentionedMedia> {
	return {
		method: "GET",
		path: `/${igUserId}`,
		parameters: {
			fields: `mentioned_media.media_id(${mediaId}){${mediaFields}}`,
		},
		token: "page",
		feature: "read-mentions",
		read: ({ mentioned_media }) => readCaptioned(mentioned_media),
	};
}

/**
 * The comments on media in whose caption the account is mentioned; what answers
 * a comment is not documented to be among them.
 * @param after where an earlier part ended
 */
export function listMentionedMediaComments(
	igUserId: string,
	mediaId: string,
	after?: string,
): GraphCall<Part<ListedComment>> {
	const part = `comments.limit(100)${after ? `.after(${after})` : ""}`;
	return {
		method: "GET",
		path: `/${igUserId}`,
		parameters: {
			fields: `mentioned_media.media_id(${mediaId}){${part}{id,text,username,timestamp}}`,
		},
		token: "page",
		feature: "read-mentions",
		read: ({ mentioned_media }) => {
			const { comments } = asRecord(mentioned_media);
			const items = listComments(comments);
			return {
				items,
				after: nextCursor(asRecord(comments).paging, items.length),
			};
		},
	};
}

/**
 * Answers a mention: under the comment, or on the media where only its caption
 * mentions the account. The documents' `caption_id` does not exist.
 */
export function answerMention(
	igUserId: string,
	mention: { mediaId: string; commentId?: string },
	message: string,
): GraphCall<{ id: string }> {
	return {
		method: "POST",
		path: `/${igUserId}/mentions`,
		parameters: {
			media_id: mention.mediaId,
			...(mention.commentId && { comment_id: mention.commentId }),
			message,
		},
		token: "page",
		read: ({ id }) => ({ id: asString(id) }),
	};
}

export function readComment(value: unknown): MentionedComment {
	const comment = asRecord(value);
	const { id, username } = asRecord(comment.from);
	return {
		id: asString(comment.id),
		text: asString(comment.text),
		username: asString(comment.username ?? username) || undefined,
		authorId: asString(id) || undefined,
		timestamp: asString(comment.timestamp) || undefined,
		parentId: asString(comment.parent_id) || undefined,
		...(comment.media !== undefined && { media: readMedia(comment.media) }),
	};
}

/** Media with its caption and its newest comments. */
export function readCaptioned(value: unknown): MentionedMedia {
	const { id, caption, username, timestamp, comments } = asRecord(value);
	return {
		id: asString(id),
		caption: asString(caption),
		username: asString(username) || undefined,
		timestamp: asString(timestamp) || undefined,
		media: readMedia(value),
		comments: listComments(comments),
	};
}

export function listComments(value: unknown): ListedComment[] {
	return asArray(asRecord(value).data)
		.map(asRecord)
		.map((row) => ({
			id: asString(row.id),
			text: asString(row.text),
			username:
				asString(row.username ?? asRecord(row.from).username) || undefined,
			timestamp: asString(row.timestamp) || undefined,
		}));
}

export function readMedia(value: unknown): Media {
	const media = asRecord(value);
	return {
		id: asString(media.id),
		mediaType: asString(media.media_type) || undefined,
		productType: asString(media.media_product_type) || undefined,
		permalink: asString(media.permalink) || undefined,
		username: asString(media.username) || undefined,
		caption: asString(media.caption) || undefined,
	};
}
