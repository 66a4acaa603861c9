import type { Config } from "../config.ts";
import { answerComment } from "../graph/comments.ts";
import { type Graph, graphClient } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { answerMention } from "../graph/mentions.ts";
import { IgwhError } from "../igwh-error.ts";
import type { MentionRecord, ReplyRecord } from "../records.ts";
import type { InboxItem } from "../store/inbox.ts";
import { openStore, type Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { accountTokens, type TokenOf } from "./account-token.ts";
import { readInboxItem } from "./read-mention.ts";

export interface ReplyInput {
	commentId: string | undefined;
	mediaId: string | undefined;
	message: string | undefined;
}

interface Answering {
	graph: Graph;
	tokenOf: TokenOf;
	store: Store;
	world: World;
}

/**
 * Answers mentions and comments: the one the flags name, or at a terminal one
 * after the other until nothing is left.
 */
export async function* reply(
	input: ReplyInput,
	config: Config,
	world: World,
): AsyncGenerator<ReplyRecord> {
	const byFlags =
		input.commentId ?? input.mediaId ?? input.message ?? undefined;
	if (byFlags === undefined && !world.terminal.interactive) throw noTerminal();
	const graph = graphClient(config, world);
	const store = await openStore(config, world);
	const answering = {
		graph,
		tokenOf: accountTokens(config, graph),
		store,
		world,
	};
	try {
		if (byFlags === undefined) yield* converse(answering);
		else yield await send(...fromFlags(input, config, store), answering);
	} finally {
		store.close();
	}
}

/** Choose, write, confirm, send; and again. */
async function* converse(answering: Answering): AsyncGenerator<ReplyRecord> {
	const { store, graph, tokenOf, world } = answering;
	const { prompts, terminal } = world;
	const read = new Map<InboxItem["deliveryId"], Promise<MentionRecord>>();
	for (;;) {
		const items = store.inbox.list("new");
		if (items.length === 0) return terminal.note("nothing is left to answer");
		const choices = [];
		for (const item of items) {
			const key = `${item.commentId ?? item.mediaId}`;
			const pending = read.get(key) ?? readInboxItem(item, graph, tokenOf);
			read.set(key, pending);
			choices.push({
				name: await oneLine(pending),
				value: item as InboxItem | null,
			});
		}
		const chosen = await prompts.select("Answer which?", [
			...choices,
			{ name: "stop here", value: null },
		]);
		if (chosen === null) return;
		const message = await prompts.input("Your answer:");
		if (!message.trim()) continue;
		if (await prompts.confirm(`Send “${message.trim()}”?`))
			yield await send(chosen, message.trim(), answering);
	}
}

async function oneLine(pending: Promise<MentionRecord>): Promise<string> {
	try {
		const { username, text, kind } = await pending;
		const where = kind === "caption" ? " (caption)" : "";
		return `@${username ?? "someone"}${where}: ${text}`;
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.code !== "graph") throw error;
		return `(cannot be read: ${error.message})`;
	}
}

/**
 * Writes the reply down, sends it, settles it. What is under way when igwh is
 * stopped, or never answered, stays written down as being sent.
 */
async function send(
	item: InboxItem,
	message: string,
	{ graph, tokenOf, store }: Answering,
): Promise<ReplyRecord> {
	const { accountId, mediaId, commentId } = item;
	const call =
		item.field === "comments" && commentId !== undefined
			? answerComment(commentId, message)
			: answerMention(accountId, { mediaId, commentId }, message);
	const token = await tokenOf(accountId);
	const number = store.replies.begin(item, message);
	try {
		const { id } = await graph(call, token);
		store.replies.sent(number, id);
		store.inbox.settle(item, "answered");
		return {
			type: "reply",
			id,
			mediaId,
			...(commentId && { commentId }),
			message,
		};
	} catch (error) {
		if (error instanceof GraphRefusal) store.replies.refused(number);
		throw error;
	}
}

/**
 * What the flags name. A comment and its media, or media alone: a mention. A
 * comment alone: the received one of that id, or a comment on own media.
 */
function fromFlags(
	{ commentId, mediaId, message }: ReplyInput,
	config: Config,
	store: Store,
): [InboxItem, string] {
	if (!message?.trim())
		throw new IgwhError(
			"usage",
			"there is no message to send",
			"give --message 'your answer'",
		);
	const id = commentId ?? mediaId;
	if (id === undefined)
		throw new IgwhError(
			"usage",
			"the message answers nothing",
			"name what it answers: --comment-id and --media-id of a comment mention, --media-id of a caption mention, --comment-id of a comment on your own media",
		);
	const received = store.inbox
		.named(id)
		.find((item) => item.commentId === commentId);
	if (received && (mediaId === undefined || received.mediaId === mediaId))
		return [received, message.trim()];
	return [
		{
			field: mediaId === undefined ? "comments" : "mentions",
			accountId: config.need("igUserId"),
			mediaId: mediaId ?? "",
			commentId,
			deliveryId: "",
			state: "new",
		},
		message.trim(),
	];
}

function noTerminal(): IgwhError {
	return new IgwhError(
		"usage",
		"without a terminal there is nobody to ask",
		"give --comment-id and --media-id (or one of them) and --message",
	);
}
