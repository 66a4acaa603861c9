import type { Theme } from "../cli/theme.ts";
import type { SubscriptionRecord } from "./records.ts";

/** `✓ page 1755847768034402 sends feed` */
export function subscriptionLine(
	record: SubscriptionRecord,
	theme: Theme,
): string {
	const { target, id, fields, previous, changed, callbackUrl } = record;
	const what = `${target} ${theme.strong(id)}`;
	if (fields.length === 0)
		return changed
			? `${theme.good("✓")} ${what} sends nothing any more ${theme.dim(`(was ${previous.join(", ")})`)}`
			: `${theme.warn("–")} ${what} sends nothing`;
	const added = fields.filter((field) => !previous.includes(field));
	const note = !changed
		? " (as before)"
		: previous.length > 0 && added.length > 0
			? ` (new: ${added.join(", ")})`
			: "";
	const where = callbackUrl ? ` to ${theme.key(callbackUrl)}` : "";
	return `${theme.good("✓")} ${what} sends ${fields.join(", ")}${where}${theme.dim(note)}${replaced(record, theme)}`;
}

function replaced(
	{ callbackUrl, previousCallbackUrl }: SubscriptionRecord,
	theme: Theme,
): string {
	return previousCallbackUrl && previousCallbackUrl !== callbackUrl
		? `\n  ${theme.warn(`replaces ${previousCallbackUrl}`)}`
		: "";
}
