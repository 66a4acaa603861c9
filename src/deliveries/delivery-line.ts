import type { Theme } from "../cli/theme.ts";
import { clip, widthOf } from "../cli/width.ts";
import { belowLine, causeLines } from "./cause-lines.ts";
import { clipText } from "./clip-text.ts";
import { describeChange } from "./describe-change.ts";
import { forwardMarks, markForms } from "./forward-mark.ts";
import type { DeliveryRecord } from "./records.ts";

export interface LineOptions {
	/** With the date: for deliveries of several days. */
	dated?: boolean;
}

/** A delivery on one line, what its apps answered at the end, and the likely cause of a failure below. */
export function deliveryLine(
	record: DeliveryRecord,
	theme: Theme,
	options?: LineOptions,
): string {
	return [deliverySummary(record, theme, options), ...causes(record, theme)]
		.filter(Boolean)
		.join("\n");
}

/** In fewer columns only the essential is shown: no time, no size, no empty columns. */
const narrowColumns = 60;
/** In fewer columns the verdict is only a sign. */
const wideColumns = 100;
/** What a delivery says is cut to fewer columns only where nothing else can give way. */
const minRoom = 20;

/**
 * A delivery on one line, cut to the width of the terminal; in a pipe nothing is
 * cut. Ids are what people copy: the byte count gives way to them.
 * @param marks what stands at the end, in forms from long to short
 */
export function deliverySummary(
	record: DeliveryRecord,
	theme: Theme,
	{ dated = false }: LineOptions = {},
	marks: readonly string[] = markForms.map((form) =>
		forwardMarks(record.forwards, form, theme),
	),
): string {
	const { columns } = theme;
	const isNarrow = columns < narrowColumns;
	const head = isNarrow
		? narrowHead(record, theme)
		: wideHead(record, theme, dated);
	const repeated = duplicateMark(record, isNarrow, theme);
	const free = columns - widthOf(head) - 1;
	const ends = (isNarrow ? marks.slice(1) : marks).map((mark) =>
		[repeated, mark].filter(Boolean).join("  "),
	);
	const end =
		ends.find((one) => free - widthOf(one) - 2 >= minRoom) ?? ends.at(-1) ?? "";
	const said = shown(record, free - (end === "" ? 0 : widthOf(end) + 2));
	const size = `${record.bytes} B`;
	const line = `${head} ${said}${end && `  ${end}`}`;
	const isWhole = said === whatItSays(record);
	return !isNarrow && isWhole && widthOf(line) + 2 + size.length <= columns
		? `${line}  ${theme.dim(size)}`
		: line;
}

function wideHead(
	record: DeliveryRecord,
	theme: Theme,
	dated: boolean,
): string {
	const { id, receivedAt, signature } = record;
	const { columns } = theme;
	const time = dated
		? receivedAt.slice(0, 19).replace("T", " ")
		: receivedAt.slice(11, 19);
	const width = fieldColumns(columns);
	const verdict = signature.valid
		? theme.good(columns < wideColumns ? "✓" : "✓ signed ")
		: theme.bad(columns < wideColumns ? "✗" : "✗ refused");
	const field = clip(fieldOf(record), width).padEnd(width);
	return `${theme.dim(time)}  ${theme.dim(id.padEnd(5))} ${verdict} ${theme.strong(field)}`;
}

function narrowHead(record: DeliveryRecord, theme: Theme): string {
	const { id, signature } = record;
	const sign = signature.valid ? theme.good("✓") : theme.bad("✗");
	const field = clip(fieldOf(record), fieldColumns(theme.columns));
	return `${theme.dim(id)} ${sign} ${theme.strong(field)}`;
}

/** Fields are aligned: in a pipe the longest one fits, `messaging_policy_enforcement`. */
function fieldColumns(columns: number): number {
	if (columns === Number.POSITIVE_INFINITY) return 28;
	return columns < 140 ? 14 : 20;
}

function fieldOf({ changes, object }: DeliveryRecord): string {
	return changes[0]?.field || object || "unreadable";
}

function whatItSays({ changes, problem }: DeliveryRecord): string {
	const [first] = changes;
	const more = changes.length > 1 ? ` +${changes.length - 1} more` : "";
	return `${problem ?? (first ? describeChange(first) : "")}${more}`;
}

/** What a delivery says, in so many columns; without words that the field says already, or the first id alone. */
function shown(record: DeliveryRecord, columns: number): string {
	const whole = whatItSays(record);
	if (widthOf(whole) <= columns) return whole;
	const text = whole.replace(/^mentioned /, "");
	const clipped = clipText(text, Math.max(columns, 1));
	const [id = ""] = /\d{10,}/.exec(text) ?? [];
	return id && id.length <= columns && !clipped.includes(id) ? id : clipped;
}

/** Meta sends again what was not answered, and may send some changes of a batch again. */
function duplicateMark(
	{ duplicateOf, changes }: DeliveryRecord,
	isNarrow: boolean,
	theme: Theme,
): string | undefined {
	const repeated = changes.filter((change) => change.duplicateOf !== null);
	if (!duplicateOf && repeated.length === 0) return undefined;
	if (isNarrow) return theme.warn("again");
	return theme.warn(
		duplicateOf
			? `again, first in ${duplicateOf}`
			: `${repeated.length} of ${changes.length} again`,
	);
}

function causes(record: DeliveryRecord, theme: Theme): string[] {
	const { signature, forwards } = record;
	const { valid, reason } = signature;
	return [
		...(!valid && reason ? belowLine(reason, theme, theme.dim) : []),
		...causeLines(forwards, theme),
	];
}
