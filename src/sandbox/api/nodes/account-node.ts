import {
	type Account,
	appScopedId,
	doesMention,
	type Media,
} from "../../simulation/state.ts";
import type { FieldSelection } from "../field-selection.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import { accountFields } from "./account-fields.ts";
import { accountInsights } from "./account-insights.ts";
import {
	liveMediaOf,
	mediaOf,
	runningStoriesOf,
	taggedMediaOf,
} from "./account-media.ts";
import { discoverAccount } from "./business-discovery.ts";
import {
	mediaNodeFor,
	mentionedCommentNode,
	mentionedMediaNode,
	taggedMediaNode,
} from "./content-nodes.ts";
import { metaNames } from "./meta-names.ts";
import { type NodeType, type ReadContext, showNode } from "./node-type.ts";
import { pagedList } from "./paged-list.ts";
import { publishingLimit } from "./publishing-limit.ts";

/** The lists of media that an account has on both hosts. */
const lists: NodeType<Account>["fields"] = {
	media: (account, context, selection) =>
		mediaList(account, context, {
			selection,
			items: mediaOf(account, context.sandbox),
		}),
	stories: (account, context, selection) =>
		mediaList(account, context, {
			selection,
			items: runningStoriesOf(account, context.sandbox),
		}),
	live_media: (account, context, selection) =>
		mediaList(account, context, {
			selection,
			items: liveMediaOf(account, context.sandbox),
		}),
	tags: (account, context, selection) =>
		mediaList(account, context, {
			selection,
			items: taggedMediaOf(account, context.sandbox),
			type: taggedMediaNode,
		}),
};

/** An Instagram professional account (README: Accounts and pages). */
export const accountNode: NodeType<Account> = {
	name: "IGUser",
	defaults: ["id"],
	fields: {
		...accountFields,
		...lists,
		insights: accountInsights,
		content_publishing_limit: publishingLimit,
		business_discovery: discoverAccount,
		mentioned_comment: showMentionedComment,
		mentioned_media: showMentionedMedia,
	},
	meta: metaNames.IGUser,
};

function mediaList(
	{ id }: Account,
	context: ReadContext,
	{
		selection,
		items,
		type = mediaNodeFor(context),
	}: { selection: FieldSelection; items: Media[]; type?: NodeType<Media> },
) {
	return pagedList(context, selection, {
		of: id,
		items,
		show: (media) => showNode(type, media, context, selection.fields),
	});
}

/** The same account on graph.instagram.com: `user_id` is the id of deliveries, `id` another one. */
export const instagramAccountNode: NodeType<Account> = {
	name: "IGUserForIGOnlyAPI",
	defaults: ["id"],
	fields: {
		...accountFields,
		...lists,
		insights: accountInsights,
		content_publishing_limit: publishingLimit,
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
