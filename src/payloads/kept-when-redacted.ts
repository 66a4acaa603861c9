import { instagramFields, pageFields } from "../webhook/fields.ts";
import { storyMetrics } from "../webhook/story-metrics.ts";

/** The property names of Meta's documents and payloads (webhook/README: Fields). */
const names = new Set(
	`object entry id time changes changed_fields field value messaging standby
	from username self_ig_scoped_id media media_id media_product_type media_type
	comment_id parent_id ad_id ad_title original_media_id text
	impressions reach taps_forward taps_back exits replies
	sender recipient timestamp message mid attachments attachment_type type
	payload url title is_deleted is_echo is_self is_unsupported quick_reply
	reply_to story referral ref source ads_context_data photo_url video_url
	product reel_video_id ig_post_media_id sticker_id
	reaction action emoji message_edit num_edit postback read watermark
	optin notification_messages_token notification_messages_timezone
	notification_messages_frequency token_expiry_timestamp user_token_status
	policy_enforcement reason response_feedback feedback
	pass_thread_control take_thread_control request_thread_control app_roles
	previous_owner_app_id new_owner_app_id requested_owner_app_id metadata
	verb item post_id comment created_time page_id`.split(/\s+/),
);

/** Whether a property name is one of Meta's, not one that a person chose. */
export function isKeptName(name: string): boolean {
	return names.has(name);
}

const fields = [...Object.keys(instagramFields), ...pageFields];
const mediaTypes = "AD CAROUSEL_ALBUM FEED IGTV IMAGE LIVE REELS STORY VIDEO";
const types = `audio fallback file ig_post ig_reel ig_story image media reel share
	story story_mention template video OPEN_THREAD notification_messages`;

/** The values that Meta defines, by property. */
const words = new Map<string, ReadonlySet<string>>(
	Object.entries({
		object: "instagram page permissions user",
		field: fields.join(" "),
		changed_fields: fields.join(" "),
		media_product_type: mediaTypes,
		media_type: mediaTypes,
		type: types,
		attachment_type: types,
		source: "ADS SHORTLINK",
		reaction: "angry dislike like love other sad smile wow",
		action: "block react unblock unreact warning",
		user_token_status: "NOT_REFRESHED REFRESHED",
		app_roles: "primary_receiver secondary_receiver",
	}).map(([name, list]) => [name, new Set(list.split(/\s+/))]),
);

/** Whether a string identifies nobody. */
export function isKeptText(name: string, text: string): boolean {
	return (
		text === "" ||
		isTestAccount(text) ||
		(words.get(name)?.has(text) ?? false) ||
		(name === "emoji" && /^\p{Extended_Pictographic}\ufe0f?$/u.test(text)) ||
		isTime(name, text)
	);
}

const counts = new Set<string>([...storyMetrics, "num_edit"]);

/** Whether a number, as written, identifies nobody. */
export function isKeptNumber(name: string, number: string): boolean {
	return (
		isTestAccount(number) ||
		(counts.has(name) && /^(-1|\d{1,9})$/.test(number)) ||
		isTime(name, number)
	);
}

/** The account id of the dashboard's Test. */
function isTestAccount(digits: string): boolean {
	return digits === "0";
}

const times = new Set(
	"time timestamp created_time watermark token_expiry_timestamp".split(" "),
);

/** Seconds or milliseconds since 1970, before the year 2100: digits that are not ids. */
function isTime(name: string, digits: string): boolean {
	if (!times.has(name) || !/^\d{1,13}$/.test(digits)) return false;
	const time = Number(digits);
	return time < latest || (time >= 1e12 && time < latest * 1000);
}

const latest = Date.UTC(2100) / 1000;
