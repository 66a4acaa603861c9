import type { Sandbox } from "../../context.ts";
import type { Media, SandboxState } from "../../simulation/state.ts";
import { graphErrors } from "../graph-error.ts";
import { isRunning } from "./account-media.ts";
import { insight, readMetrics, requireInsights } from "./insight.ts";
import type { FieldReader } from "./node-type.ts";

/** `/{ig-media-id}/insights`. See ../../README.md, "Insights". */
export const mediaInsights: FieldReader<Media> = (
	media,
	context,
	{ modifiers },
) => {
	requireInsights(context);
	const metrics = readMetrics(modifiers, mediaMetrics);
	const known = metricsOf[media.productType];
	for (const metric of metrics)
		if (!known?.has(metric)) throw unsupportedMetric(metric);
	if (media.albumId !== undefined || hasExpired(media, context.sandbox))
		return { data: [] };
	const numbers = mediaNumbers(media, context.sandbox.state);
	if (media.productType === "STORY" && numbers.reach < 5)
		throw graphErrors.tooFewViewers();
	return {
		data: metrics.map((name) =>
			insight({
				of: media.id,
				name,
				period: "lifetime",
				value: numbers[name] ?? 0,
				breakdown: breakdownOf(name, modifiers.get("breakdown"), numbers),
			}),
		),
	};
};

const mediaMetrics = `comments content_views crossposted_views facebook_views
	follows ig_reels_avg_watch_time ig_reels_video_view_total_time impressions
	likes link_clicks navigation profile_activity profile_visits reach
	reels_skip_rate replies reposts saved shares total_comments
	total_interactions total_likes total_views views`.split(/\s+/);

const everywhere = ["reach", "shares", "total_interactions", "views"];
const profile = ["follows", "profile_activity", "profile_visits"];
const posts = ["comments", "likes", "reposts", "saved"];
const totals = ["total_comments", "total_likes", "total_views"];

/** What is measured of each kind of media; nothing of live videos and ads. */
const metricsOf: Partial<Record<Media["productType"], ReadonlySet<string>>> = {
	FEED: new Set([...everywhere, ...profile, ...posts, ...totals]),
	STORY: new Set([...everywhere, ...profile, "navigation", "replies"]),
	REELS: new Set([
		...everywhere,
		...posts,
		...totals,
		"ig_reels_avg_watch_time",
		"ig_reels_video_view_total_time",
		"reels_skip_rate",
	]),
};

function unsupportedMetric(metric: string) {
	return metric === "impressions"
		? graphErrors.impressionsGone()
		: graphErrors.unsupportedMetric(metric);
}

function hasExpired(media: Media, sandbox: Sandbox): boolean {
	return media.productType === "STORY" && !isRunning(media, sandbox);
}

/** Made up from the media's id, so that they stay the same; its comments are counted. */
function mediaNumbers(media: Media, state: SandboxState) {
	const seed = Number(BigInt(media.id) % 9973n);
	const reach = media.reach ?? 20 + (seed % 400);
	const comments = [...state.comments.values()].filter(
		({ mediaId }) => mediaId === media.id,
	).length;
	const [tapsForward, tapsBack, exits] = [reach >> 1, reach >> 4, reach >> 3];
	const shares = reach >> 5;
	return {
		reach,
		views: reach + (seed % (reach + 1)),
		total_views: reach + (seed % (reach + 1)),
		comments,
		total_comments: comments,
		shares,
		total_interactions: comments + shares,
		profile_visits: reach >> 4,
		navigation: tapsForward + tapsBack + exits,
		tapsForward,
		tapsBack,
		exits,
		ig_reels_avg_watch_time: 1000 + seed,
		ig_reels_video_view_total_time: (1000 + seed) * reach,
	} as Record<string, number> & { reach: number };
}

/** Only the navigation of a story has parts that the sandbox counts. */
function breakdownOf(
	metric: string,
	asked: string | undefined,
	numbers: Record<string, number>,
) {
	if (metric !== "navigation" || asked !== "story_navigation_action_type")
		return undefined;
	const parts = {
		tap_forward: numbers.tapsForward,
		tap_back: numbers.tapsBack,
		tap_exit: numbers.exits,
	};
	return {
		dimension_keys: [asked],
		results: Object.entries(parts).map(([name, value]) => ({
			dimension_values: [name],
			value,
		})),
	};
}
