import {
	type Account,
	appScopedId,
	doesMention,
	type Media,
} from "../../simulation/state.ts";
import type { FieldSelection } from "../field-selection.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import {
	mediaNodeFor,
	mentionedCommentNode,
	mentionedMediaNode,
} from "./content-nodes.ts";
import { metaNames } from "./meta-names.ts";
import {
	type NodeType,
	pickFields,
	type ReadContext,
	showNode,
} from "./node-type.ts";
import { pagedList } from "./paged-list.ts";

/** An Instagram professional account (meta-platform §4.4 and §4.6). */
export const accountNode: NodeType<Account> = {
	name: "IGUser",
	defaults: ["id"],
	fields: {
		id: ({ id }) => id,
		username: ({ username }) => username,
		name: ({ name }) => name,
		followers_count: () => 1204,
		follows_count: () => 87,
		media_count: (account, { sandbox }) => mediaOf(account, { sandbox }).length,
		profile_picture_url: ({ id }) =>
			`https://sandbox.example/profile/${id}.jpg`,
		media: (account, context, selection) =>
			mediaList(account, context, {
				selection,
				items: mediaOf(account, context),
			}),
		mentioned_comment: showMentionedComment,
		mentioned_media: showMentionedMedia,
	},
	meta: metaNames.IGUser,
};

function mediaList(
	{ id }: Account,
	context: ReadContext,
	{ selection, items }: { selection: FieldSelection; items: Media[] },
) {
	return pagedList(context, selection, {
		of: id,
		items,
		show: (media) =>
			showNode(mediaNodeFor(context), media, context, selection.fields),
	});
}

/** The same account on graph.instagram.com: `user_id` is the id of deliveries, `id` another one. */
export const instagramAccountNode: NodeType<Account> = {
	name: "IGUserForIGOnlyAPI",
	defaults: ["id"],
	fields: {
		...pickFields(
			accountNode.fields,
			`followers_count follows_count media media_count name
	profile_picture_url username`.split(/\s+/),
		),
		id: appScopedId,
		user_id: ({ id }) => id,
		account_type: () => "BUSINESS",
	},
	meta: metaNames.IGUserForIGOnlyAPI,
};

function showMentionedComment(
	account: Account,
	context: ReadContext,
	{ modifiers, fields }: FieldSelection,
) {
	requirePermission(context.viewer, "instagram_manage_comments");
	const id = needModifier(modifiers, "comment_id");
	const { comments, media } = context.sandbox.state;
	const comment = comments.get(id);
	const { owner, commentsOff } = media.get(comment?.mediaId ?? "") ?? {};
	if (
		!comment ||
		commentsOff ||
		owner?.id === account.id ||
		!doesMention(comment.text, account.username)
	)
		throw graphErrors.unsupportedObject("GET", id);
	return showNode(mentionedCommentNode, comment, context, fields);
}

function showMentionedMedia(
	account: Account,
	context: ReadContext,
	{ modifiers, fields }: FieldSelection,
) {
	requirePermission(context.viewer, "instagram_manage_comments");
	const id = needModifier(modifiers, "media_id");
	const media = context.sandbox.state.media.get(id);
	if (
		!media ||
		media.owner.id === account.id ||
		!doesMention(media.caption, account.username)
	)
		throw graphErrors.unsupportedObject("GET", id);
	return showNode(mentionedMediaNode, media, context, fields);
}

function needModifier(
	modifiers: FieldSelection["modifiers"],
	name: string,
): string {
	const value = modifiers.get(name);
	if (!value) throw graphErrors.missingParameter(name);
	return value;
}

/** Newest first; pictures of an album are the album's, ads and live videos nobody's list. */
function mediaOf({ id }: Account, { sandbox }: Pick<ReadContext, "sandbox">) {
	return [...sandbox.state.media.values()]
		.filter(
			({ owner, albumId, productType }) =>
				owner.id === id &&
				albumId === undefined &&
				(productType === "FEED" || productType === "REELS"),
		)
		.sort((a, b) => b.createdAt - a.createdAt);
}
