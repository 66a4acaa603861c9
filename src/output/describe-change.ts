import { type Change, members, text } from "../webhook/delivery.ts";

/** What a change says, in a few words for a list. */
export function describeChange({ field, value }: Change): string {
	const carried = members(value);
	const from = text(members(carried.from).username);
	if (field === "mentions")
		return carried.comment_id
			? `mentioned in comment ${text(carried.comment_id)} on media ${text(carried.media_id)}`
			: `mentioned in the caption of media ${text(carried.media_id)}`;
	if (field === "comments" || field === "live_comments")
		return `@${from || "someone"}: ${text(carried.text)}`;
	if (field === "story_insights") return describeStory(carried);
	const sender = text(members(carried.sender).id);
	const said = text(members(carried.message).text);
	return [sender && `from ${sender}`, said].filter(Boolean).join(": ");
}

function describeStory(metrics: Record<string, unknown>): string {
	const shown = ["reach", "impressions", "replies", "exits"].flatMap((name) => {
		const value = metrics[name];
		// Meta gives -1 for what fewer than five people did.
		return value === undefined
			? []
			: [`${name} ${value === -1 ? "<5" : value}`];
	});
	return `story ${text(metrics.media_id)}: ${shown.join(", ")}`;
}
