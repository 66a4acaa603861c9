import { graphErrors } from "../api/graph-error.ts";
import type { Sandbox } from "../context.ts";
import { commentValue } from "../delivery/comment-value.ts";
import { newId } from "../new-id.ts";
import {
	fieldsWithText,
	messagingEvent,
	messagingFields,
} from "./messaging-events.ts";
import { type Account, type Author, doesMention, type Media } from "./state.ts";
import { storyInsights } from "./story-insights.ts";
import { writeComment } from "./write-comment.ts";

interface Circumstances {
	account: Account;
	text: string | undefined;
	/** A username. */
	from: string | undefined;
	caption: string | undefined;
	ad: boolean;
	album: boolean;
	low: boolean;
}

/** Something that can happen to an account: it changes the world and returns the change's value. */
export interface SimulatedEvent {
	takes: readonly Exclude<keyof Circumstances, "account">[];
	happen(
		sandbox: Sandbox,
		circumstances: Circumstances,
	): Record<string, unknown>;
}

/** By Instagram field; its values (README: Deliveries). */
export const simulatedEvents: Readonly<Record<string, SimulatedEvent>> = {
	comments: {
		takes: ["text", "from", "ad", "album"],
		happen: (sandbox, circumstances) => {
			const { text = "Is that the new roast? ☕" } = circumstances;
			const media = commentedMedia(sandbox, circumstances);
			return comment(sandbox, circumstances, { media, text });
		},
	},
	live_comments: {
		takes: ["text", "from"],
		happen: (sandbox, circumstances) => {
			const { account, text = "Hello from the front row 👋" } = circumstances;
			return comment(sandbox, circumstances, {
				media: liveVideo(sandbox, account),
				text,
			});
		},
	},
	mentions: { takes: ["text", "from", "caption"], happen: mention },
	story_insights: {
		takes: ["low"],
		happen: (sandbox, { account, low }) =>
			storyInsights(sandbox, expiringStory(sandbox, account), { low }),
	},
	...Object.fromEntries(
		messagingFields.map((field) => [field, messagingEventOf(field)]),
	),
};

function messagingEventOf(field: string): SimulatedEvent {
	return {
		takes: fieldsWithText.has(field) ? ["text", "from"] : ["from"],
		happen: (sandbox, { account, text = "Do you ship beans? ☕", from }) =>
			messagingEvent(sandbox, field, {
				account,
				person: author(sandbox, account, from),
				text,
			}),
	};
}

const passerBy = "nora.lindqvist";

function comment(
	sandbox: Sandbox,
	{ account, from }: Circumstances,
	{ media, text }: { media: Media; text: string },
) {
	const written = writeComment(sandbox, {
		id: newId(sandbox),
		mediaId: media.id,
		author: author(sandbox, account, from),
		text,
	});
	return commentValue(written, sandbox.state);
}

/** In somebody's comment, or in their caption; always under media that is not the account's. */
function mention(
	sandbox: Sandbox,
	{ account, text, from, caption }: Circumstances,
) {
	if (text !== undefined && caption !== undefined)
		throw graphErrors.invalidParameter(
			"Params text and caption exclude each other: a mention is in a comment or in a caption.",
		);
	const writer = author(sandbox, account, from);
	if (writer.id === account.id)
		throw graphErrors.invalidParameter(
			`Param from must be another account: ${account.username} cannot mention itself.`,
		);
	if (caption !== undefined) {
		const { id } = publish(sandbox, {
			owner: writer,
			caption: mentioning(caption, account),
		});
		return { media_id: id };
	}
	const { id: mediaId } = captionedMedia(sandbox, account);
	const { id } = writeComment(sandbox, {
		id: newId(sandbox),
		mediaId,
		author: writer,
		text: mentioning(text ?? "do you ship beans?", account),
	});
	return { media_id: mediaId, comment_id: id };
}

/**
 * Someone else's media whose caption mentions the account too: only there can
 * an answer to a comment be read back, through `mentioned_media`.
 */
function captionedMedia(sandbox: Sandbox, account: Account): Media {
	const known = [...sandbox.state.media.values()].find(
		({ owner, caption }) =>
			owner.id !== account.id && doesMention(caption, account.username),
	);
	return (
		known ??
		publish(sandbox, {
			owner: author(sandbox, account, "highlander.films"),
			caption: mentioning("where shall we meet?", account),
		})
	);
}

function mentioning(text: string, { username }: Account): string {
	return doesMention(text, username) ? text : `@${username} ${text}`;
}

/** The account itself, another one of the app's, or a person who gets an id the first time. */
function author(
	sandbox: Sandbox,
	account: Account,
	username: string = passerBy,
): Author {
	const { accounts, strangers } = sandbox.state;
	const known =
		[account, ...accounts.values()].find(
			(account) => account.username === username,
		) ?? strangers.get(username);
	if (known) return known;
	const stranger = { id: newId(sandbox), username };
	strangers.set(username, stranger);
	return stranger;
}

function ownMedia(sandbox: Sandbox, account: Account): Media {
	const picture = [...sandbox.state.media.values()].find(
		({ owner, type, productType, albumId }) =>
			owner.id === account.id &&
			type === "IMAGE" &&
			productType === "FEED" &&
			albumId === undefined,
	);
	return picture ?? publish(sandbox, { owner: account });
}

function commentedMedia(
	sandbox: Sandbox,
	{ account, ad, album }: Circumstances,
): Media {
	if (ad && album)
		throw graphErrors.invalidParameter(
			"Params ad and album exclude each other: the comment is on one media.",
		);
	if (album) return albumPicture(sandbox, account);
	const media = ownMedia(sandbox, account);
	return ad ? advertise(sandbox, media) : media;
}

function albumPicture(sandbox: Sandbox, account: Account): Media {
	const picture = [...sandbox.state.media.values()].find(
		({ owner, albumId }) => owner.id === account.id && albumId !== undefined,
	);
	if (picture) return picture;
	const { id } = publish(sandbox, { owner: account, type: "CAROUSEL_ALBUM" });
	return publish(sandbox, { owner: account, albumId: id });
}

/** The ad is a media of its own, which tells what it was made from. */
function advertise(sandbox: Sandbox, original: Media): Media {
	const { media } = sandbox.state;
	const made = [...media.values()].find(
		({ ad }) => ad?.originalMediaId === original.id,
	);
	return (
		made ??
		publish(sandbox, {
			owner: original.owner,
			caption: original.caption,
			productType: "AD",
			ad: {
				id: newId(sandbox),
				title: "The new roast is here",
				originalMediaId: original.id,
			},
		})
	);
}

function liveVideo(sandbox: Sandbox, account: Account): Media {
	const running = [...sandbox.state.media.values()].find(
		({ owner, productType }) =>
			owner.id === account.id && productType === "LIVE",
	);
	return (
		running ??
		publish(sandbox, { owner: account, type: "VIDEO", productType: "LIVE" })
	);
}

function expiringStory(sandbox: Sandbox, account: Account): Media {
	const { media, runningStories } = sandbox.state;
	const running = [...runningStories]
		.map((id) => media.get(id))
		.find((story) => story?.owner.id === account.id);
	if (!running)
		return publish(sandbox, { owner: account, productType: "STORY" });
	runningStories.delete(running.id);
	return running;
}

function publish(
	sandbox: Sandbox,
	{ owner, ...rest }: Pick<Media, "owner"> & Partial<Media>,
): Media {
	const media: Media = {
		kind: "media",
		id: newId(sandbox),
		owner: { id: owner.id, username: owner.username },
		type: "IMAGE",
		productType: "FEED",
		createdAt: sandbox.world.clock.now(),
		...rest,
	};
	sandbox.state.media.set(media.id, media);
	return media;
}
