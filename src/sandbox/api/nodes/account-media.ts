import type { Sandbox } from "../../context.ts";
import type { Account, Media } from "../../simulation/state.ts";

const storyLife = 24 * 3_600_000;

/** Newest first; pictures of an album are the album's, ads and live videos in no list. */
export function mediaOf(account: Account, sandbox: Sandbox): Media[] {
	return ownMedia(account, sandbox).filter(
		({ albumId, productType }) =>
			albumId === undefined &&
			(productType === "FEED" || productType === "REELS"),
	);
}

/** Stories of the last 24 hours. */
export function runningStoriesOf(account: Account, sandbox: Sandbox): Media[] {
	return ownMedia(account, sandbox).filter(
		(media) => media.productType === "STORY" && isRunning(media, sandbox),
	);
}

export function isRunning(
	{ id, createdAt }: Media,
	{ state, world }: Sandbox,
): boolean {
	return (
		state.runningStories.has(id) || world.clock.now() - createdAt < storyLife
	);
}

/** Live videos that are broadcast now. */
export function liveMediaOf(account: Account, sandbox: Sandbox): Media[] {
	return account.broadcasting
		? ownMedia(account, sandbox).filter(
				({ productType }) => productType === "LIVE",
			)
		: [];
}

/** Other people's media in which the account is tagged. */
export function taggedMediaOf({ id }: Account, { state }: Sandbox): Media[] {
	return newestFirst(
		[...state.media.values()].filter(({ taggedIds }) =>
			taggedIds?.includes(id),
		),
	);
}

function ownMedia({ id }: Account, { state }: Sandbox): Media[] {
	return newestFirst(
		[...state.media.values()].filter(({ owner }) => owner.id === id),
	);
}

function newestFirst(media: Media[]): Media[] {
	return media.sort((a, b) => b.createdAt - a.createdAt);
}
