import { type Change, members, text } from "../webhook/delivery.ts";
import { describeMessaging } from "./describe-messaging.ts";

/** What a change says, in a few words for a list. */
export function describeChange({ field, value }: Change): string {
	const carried = members(value);
	if (field === "mentions")
		return carried.comment_id
			? `mentioned in comment ${text(carried.comment_id)} on media ${text(carried.media_id)}`
			: `mentioned in the caption of media ${text(carried.media_id)}`;
	if (field === "comments" || field === "live_comments")
		return describeComment(carried);
	if (field === "story_insights") return describeStory(carried);
	return describeMessaging(carried);
}

function describeComment(carried: Record<string, unknown>): string {
	const { media_product_type, ad_id, ad_title } = members(carried.media);
	const from = text(members(carried.from).username);
	const place = [
		carried.parent_id && "reply",
		ad_id
			? `ad ${text(ad_title) || text(ad_id)}`
			: ["REELS", "LIVE", "STORY"].includes(text(media_product_type)) &&
				text(media_product_type).toLowerCase(),
	].filter(Boolean);
	const where = place.length > 0 ? ` (${place.join(", ")})` : "";
	return `@${from || "someone"}${where}: ${text(carried.text)}`;
}

function describeStory(metrics: Record<string, unknown>): string {
	const shown = ["reach", "impressions", "replies", "exits"].flatMap((name) => {
		const value = metrics[name];
		// Meta gives -1 for what fewer than five people did.
		const count = value === -1 ? "<5" : text(value) || JSON.stringify(value);
		return value === undefined ? [] : [`${name} ${count}`];
	});
	return `story ${text(metrics.media_id)}: ${shown.join(", ")}`;
}
