import type { SubscriptionRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

/** `✓ page 1755847768034402 sends feed` */
export function subscriptionLine(
	record: SubscriptionRecord,
	paint: Paint,
): string {
	const { target, id, fields, previous, changed, callbackUrl } = record;
	const what = `${target} ${paint.strong(id)}`;
	if (fields.length === 0)
		return changed
			? `${paint.good("✓")} ${what} sends nothing any more ${paint.dim(`(was ${previous.join(", ")})`)}`
			: `${paint.warn("–")} ${what} sends nothing`;
	const added = fields.filter((field) => !previous.includes(field));
	const note = !changed
		? " (as before)"
		: previous.length > 0 && added.length > 0
			? ` (new: ${added.join(", ")})`
			: "";
	const where = callbackUrl ? ` to ${paint.key(callbackUrl)}` : "";
	return `${paint.good("✓")} ${what} sends ${fields.join(", ")}${where}${paint.dim(note)}${replaced(record, paint)}`;
}

function replaced(
	{ callbackUrl, previousCallbackUrl }: SubscriptionRecord,
	paint: Paint,
): string {
	return previousCallbackUrl && previousCallbackUrl !== callbackUrl
		? `\n  ${paint.warn(`in the place of ${previousCallbackUrl}`)}`
		: "";
}
