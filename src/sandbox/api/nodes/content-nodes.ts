import { graphTime } from "../../graph-time.ts";
import {
	type Author,
	type Comment,
	type Media,
	owningAccount,
	type SandboxState,
} from "../../simulation/state.ts";
import { mediaInsights } from "./media-insights.ts";
import { metaNames } from "./meta-names.ts";
import {
	type NodeType,
	pickFields,
	type ReadContext,
	showNode,
} from "./node-type.ts";
import { pagedList } from "./paged-list.ts";

/** An IG comment under the app's own media (README: Comments and media). */
export const commentNode: NodeType<Comment> = {
	name: "IGComment",
	defaults: ["timestamp", "text", "id"],
	fields: {
		id: ({ id }) => id,
		text: ({ text }) => text,
		timestamp: ({ createdAt }) => graphTime(createdAt),
		username: ({ author }) => author.username,
		from: ({ author }, { sandbox }) => showAuthor(author, sandbox.state),
		user: ({ author }, { sandbox }) =>
			sandbox.state.accounts.has(author.id) ? { id: author.id } : undefined,
		hidden: ({ hidden }) => hidden,
		like_count: () => 0,
		parent_id: ({ parentId }) => parentId,
		media: (comment, context, { fields }) => {
			const media = commentedMedia(comment, context.sandbox.state);
			return media && showNode(mediaNodeFor(context), media, context, fields);
		},
		replies: (comment, context, selection) =>
			pagedList(context, selection, {
				of: comment.id,
				items: repliesTo(comment, context.sandbox.state),
				show: (reply) =>
					showNode(commentNode, reply, context, selection.fields),
			}),
	},
	meta: metaNames.IGComment,
};

/** An IG media the app's account owns (README: Comments and media). */
export const mediaNode: NodeType<Media> = {
	name: "IGMedia",
	defaults: ["id"],
	fields: {
		id: ({ id }) => id,
		caption: ({ caption }) => caption,
		media_type: ({ type }) => type,
		media_product_type: ({ productType }) => productType,
		media_url: ({ id }) => `https://sandbox.example/media/${id}.jpg`,
		permalink: (media) =>
			`https://www.instagram.com/p/${shortcodeOf(media.id)}/`,
		shortcode: ({ id }) => shortcodeOf(id),
		owner: ({ owner }) => ({ id: owner.id }),
		username: ({ owner }) => owner.username,
		timestamp: ({ createdAt }) => graphTime(createdAt),
		is_comment_enabled: ({ commentsOff }) => !commentsOff,
		like_count: () => 0,
		insights: mediaInsights,
		comments_count: (media, { sandbox }) =>
			commentsOn(media, sandbox.state).length,
		comments: (media, context, selection) =>
			pagedList(context, selection, {
				of: media.id,
				items: topCommentsOn(media, context.sandbox.state),
				show: (comment) =>
					showNode(commentNode, comment, context, selection.fields),
			}),
		children: ({ id, type }, context, selection) =>
			type === "CAROUSEL_ALBUM"
				? pagedList(context, selection, {
						of: id,
						items: picturesOf(id, context.sandbox.state),
						show: (picture) =>
							showNode(
								mediaNodeFor(context),
								picture,
								context,
								selection.fields,
							),
						paging: "none",
					})
				: undefined,
	},
	meta: metaNames.IGMedia,
};

/** The same media on graph.instagram.com, which shows less of it. */
export const instagramMediaNode: NodeType<Media> = {
	...mediaNode,
	fields: pickFields(
		mediaNode.fields,
		`caption children comments comments_count id insights is_comment_enabled like_count
	media_product_type media_type media_url owner permalink shortcode timestamp
	username`.split(/\s+/),
	),
	meta: metaNames.IGMediaForIGOnlyAPI,
};

/** A media as the host of the call shows it. */
export function mediaNodeFor({ viewer }: ReadContext): NodeType<Media> {
	return viewer.kind === "instagram" ? instagramMediaNode : mediaNode;
}

/** A comment as the account it mentions may read it (README: Mentions). */
export const mentionedCommentNode: NodeType<Comment> = {
	...commentNode,
	fields: {
		...pickFields(commentNode.fields, [
			"id",
			"text",
			"timestamp",
			"like_count",
			"username",
		]),
		media: (comment, context, { fields }) => {
			const media = commentedMedia(comment, context.sandbox.state);
			return media && showNode(mentionedMediaNode, media, context, fields);
		},
	},
	meta: undefined,
};

/** A media as the account its caption mentions may read it (README: Mentions). */
export const mentionedMediaNode: NodeType<Media> = {
	...mediaNode,
	fields: {
		...pickFields(mediaNode.fields, [
			"caption",
			"comments_count",
			"id",
			"like_count",
			"media_type",
			"media_url",
			"owner",
			"permalink",
			"timestamp",
			"username",
		]),
		// Answers to comments are not documented here, nor is `next`.
		comments: (media, context, selection) =>
			pagedList(context, selection, {
				of: media.id,
				items: topCommentsOn(media, context.sandbox.state),
				show: (comment) =>
					showNode(mentionedCommentNode, comment, context, selection.fields),
				paging: "cursors",
			}),
	},
	meta: undefined,
};

/** A media the account is tagged in, with what clients read of it (README: Accounts and pages). */
export const taggedMediaNode: NodeType<Media> = {
	...mentionedMediaNode,
	fields: {
		...mentionedMediaNode.fields,
		...pickFields(mediaNode.fields, ["children", "media_product_type"]),
	},
	meta: { fields: new Set(["thumbnail_url"]), edges: new Set() },
};

/**
 * `from` of a comment. An account that comments on its own media is shown with
 * its app-scoped id too (README: Deliveries).
 */
export function showAuthor({ id, username }: Author, state: SandboxState) {
	const account = state.accounts.get(id);
	return {
		id,
		username,
		...(account && { self_ig_scoped_id: account.scopedId }),
	};
}

/** The media a comment stands under: the album, where it was made on one of its pictures. */
function commentedMedia(
	{ mediaId }: Comment,
	{ media }: SandboxState,
): Media | undefined {
	const target = media.get(mediaId);
	return media.get(target?.albumId ?? "") ?? target;
}

function picturesOf(album: string, { media }: SandboxState): Media[] {
	return [...media.values()].filter(({ albumId }) => albumId === album);
}

/** Newest first, as Graph lists them. */
function commentsOn(media: Media, state: SandboxState): Comment[] {
	return [...state.comments.values()]
		.filter((comment) => commentedMedia(comment, state)?.id === media.id)
		.filter(({ hidden }) => !hidden || owningAccount(state, media))
		.reverse();
}

function topCommentsOn(media: Media, state: SandboxState): Comment[] {
	return commentsOn(media, state).filter(
		({ parentId }) => parentId === undefined,
	);
}

function repliesTo({ id }: Comment, { comments }: SandboxState): Comment[] {
	return [...comments.values()].filter(({ parentId }) => parentId === id);
}

/** Instagram's short codes are the media's number in base 64. */
function shortcodeOf(id: string): string {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(BigInt(id));
	return bytes.toString("base64url");
}
