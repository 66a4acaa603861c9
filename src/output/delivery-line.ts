import type { DeliveryRecord } from "../records.ts";
import type { Forward } from "../store/deliveries.ts";
import { describeChange } from "./describe-change.ts";
import type { Paint } from "./paint.ts";
import { clip, widthOf } from "./width.ts";

/** What a delivery says is never cut to fewer columns than this. */
const leastRoom = 20;

/** One delivery on a line, what its app answered behind it, a likely cause below. */
export function deliveryLine(record: DeliveryRecord, paint: Paint): string {
	const { id, receivedAt, signature, forwards, changes } = record;
	const verdict = signature.valid
		? paint.good("✓ signed")
		: paint.bad("✗ refused");
	const [first] = changes;
	const field = first?.field || record.object || "unreadable";
	const more = changes.length > 1 ? ` +${changes.length - 1} more` : "";
	const said = record.problem ?? (first ? describeChange(first) : "");
	const marks = [
		duplicateMark(record, paint),
		...forwards.map((forward) => forwardMark(forward, paint)),
		paint.dim(`${record.bytes} B`),
	]
		.filter(Boolean)
		.join("  ");
	const head = `${paint.dim(receivedAt.slice(11, 19))}  ${paint.dim(id.padEnd(5))} ${verdict}  ${paint.strong(field.padEnd(14))}`;
	const room = paint.columns - widthOf(head) - widthOf(marks) - 3;
	const lines = [
		`${head} ${clip(said + more, Math.max(room, leastRoom))}  ${marks}`,
	];
	if (!signature.valid && signature.reason)
		lines.push(paint.dim(`    ${signature.reason}`));
	for (const { hint, url } of forwards)
		if (hint)
			lines.push(
				paint.warn(`    ${forwards.length > 1 ? `${url}: ` : ""}${hint}`),
			);
	return lines.join("\n");
}

/** Meta sends again what was not answered, and may send some changes of a batch again. */
function duplicateMark(
	{ duplicateOf, changes }: DeliveryRecord,
	paint: Paint,
): string | undefined {
	if (duplicateOf) return paint.warn(`again, first in ${duplicateOf}`);
	const repeated = changes.filter((change) => change.duplicateOf !== null);
	return repeated.length > 0
		? paint.warn(`${repeated.length} of ${changes.length} again`)
		: undefined;
}

function forwardMark({ status, ms }: Forward, paint: Paint): string {
	const shown = `→ ${status} ${ms} ms`;
	return status === 200 ? paint.good(shown) : paint.bad(shown);
}
