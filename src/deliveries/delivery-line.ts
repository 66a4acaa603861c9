import type { Theme } from "../cli/theme.ts";
import { clip, widthOf } from "../cli/width.ts";
import type { Forward } from "../store/deliveries.ts";
import { describeChange } from "./describe-change.ts";
import type { DeliveryRecord } from "./records.ts";

/** What a delivery says is never cut to fewer columns than this. */
const leastRoom = 20;

/** One delivery on a line, what its app answered behind it, a likely cause below. */
export function deliveryLine(record: DeliveryRecord, theme: Theme): string {
	const { id, receivedAt, signature, forwards, changes } = record;
	const verdict = signature.valid
		? theme.good("✓ signed")
		: theme.bad("✗ refused");
	const [first] = changes;
	const field = first?.field || record.object || "unreadable";
	const more = changes.length > 1 ? ` +${changes.length - 1} more` : "";
	const said = record.problem ?? (first ? describeChange(first) : "");
	const marks = [
		duplicateMark(record, theme),
		...forwards.map((forward) => forwardMark(forward, theme)),
		theme.dim(`${record.bytes} B`),
	]
		.filter(Boolean)
		.join("  ");
	const head = `${theme.dim(receivedAt.slice(11, 19))}  ${theme.dim(id.padEnd(5))} ${verdict}  ${theme.strong(field.padEnd(14))}`;
	const room = theme.columns - widthOf(head) - widthOf(marks) - 3;
	const lines = [
		`${head} ${clip(said + more, Math.max(room, leastRoom))}  ${marks}`,
	];
	if (!signature.valid && signature.reason)
		lines.push(theme.dim(`    ${signature.reason}`));
	for (const { hint, url } of forwards)
		if (hint)
			lines.push(
				theme.warn(`    ${forwards.length > 1 ? `${url}: ` : ""}${hint}`),
			);
	return lines.join("\n");
}

/** Meta sends again what was not answered, and may send some changes of a batch again. */
function duplicateMark(
	{ duplicateOf, changes }: DeliveryRecord,
	theme: Theme,
): string | undefined {
	if (duplicateOf) return theme.warn(`again, first in ${duplicateOf}`);
	const repeated = changes.filter((change) => change.duplicateOf !== null);
	return repeated.length > 0
		? theme.warn(`${repeated.length} of ${changes.length} again`)
		: undefined;
}

function forwardMark({ status, ms }: Forward, theme: Theme): string {
	const shown = `→ ${status} ${ms} ms`;
	return status === 200 ? theme.good(shown) : theme.bad(shown);
}
