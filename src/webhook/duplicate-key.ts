import { createHash } from "node:crypto";
import { asRecord, asString, type Change } from "./delivery.ts";

/**
 * What two deliveries of the same thing have in common. Meta resends with the
 * same ids and leaves deduplication to the receiver (README: Retries).
 */
export function duplicateKey(change: Change): string {
	const { accountId, field } = change;
	return `${field} ${accountId} ${identity(change)}`;
}

function identity({ field, time, value }: Change): string {
	const {
		id,
		comment_id,
		media_id,
		message,
		reaction,
		read,
		sender,
		timestamp,
	} = asRecord(value);
	const { mid, is_deleted } = asRecord(message);
	const identities: Record<string, unknown[]> = {
		comments: [id],
		live_comments: [id],
		mentions: [comment_id ?? media_id],
		story_insights: [media_id],
		messages: [mid, is_deleted && "deleted"],
		message_echoes: [mid, is_deleted && "deleted"],
		message_reactions: [
			asRecord(reaction).mid,
			asRecord(reaction).action,
			timestamp,
		],
		messaging_seen: [asRecord(read).mid, asRecord(sender).id],
	};
	const known = Object.hasOwn(identities, field)
		? identities[field]
		: undefined;
	return known && asString(known[0])
		? known.map(asString).filter(Boolean).join(" ")
		: createHash("sha256")
				.update(JSON.stringify([time, value]))
				.digest("hex");
}
