import { asRecord, asString, type Change } from "../webhook/delivery.ts";
import { describeMessaging } from "./describe-messaging.ts";

/** A change in a few words, for a list. */
export function describeChange({ field, value }: Change): string {
	const carried = asRecord(value);
	if (field === "mentions")
		return carried.comment_id
			? `mentioned in comment ${asString(carried.comment_id)} on media ${asString(carried.media_id)}`
			: `mentioned in the caption of media ${asString(carried.media_id)}`;
	if (field === "comments" || field === "live_comments")
		return describeComment(carried);
	if (field === "story_insights") return describeStory(carried);
	return describeMessaging(carried);
}

function describeComment(carried: Record<string, unknown>): string {
	const { media_product_type, ad_id, ad_title } = asRecord(carried.media);
	const from = asString(asRecord(carried.from).username);
	const place = [
		carried.parent_id && "reply",
		ad_id
			? `ad ${asString(ad_title) || asString(ad_id)}`
			: ["REELS", "LIVE", "STORY"].includes(asString(media_product_type)) &&
				asString(media_product_type).toLowerCase(),
	].filter(Boolean);
	const where = place.length > 0 ? ` (${place.join(", ")})` : "";
	return `@${from || "someone"}${where}: ${asString(carried.text)}`;
}

function describeStory(metrics: Record<string, unknown>): string {
	const shown = ["reach", "impressions", "replies", "exits"].flatMap((name) => {
		const value = metrics[name];
		// Meta sends -1 for counts below five.
		const count =
			value === -1 ? "<5" : asString(value) || JSON.stringify(value);
		return value === undefined ? [] : [`${name} ${count}`];
	});
	return `story ${asString(metrics.media_id)}: ${shown.join(", ")}`;
}
