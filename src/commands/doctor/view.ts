import type { ListedCheckRecord } from "../../checks/records.ts";
import type { Theme } from "../../cli/theme.ts";
import { wrapWords } from "../../deliveries/clip-text.ts";
import { callLine } from "../../graph/call-view.ts";
import type {
	ConditionRecord,
	DoctorCheckRecord,
	DoctorRecord,
	ExplanationRecord,
	RepairRecord,
	VerdictRecord,
} from "./records.ts";

const idWidth = 40;

type Colour = (text: string) => string;
const plain: Colour = (text) => text;

/** The verdict comes first, so the summary says nothing more to a person. */
export function view(record: DoctorRecord, theme: Theme): string | undefined {
	switch (record.type) {
		case "verdict":
			return verdictLines(record, theme);
		case "check":
			return checkLines(record, theme);
		case "condition":
			return conditionLine(record, theme);
		case "explanation":
			return explanationLines(record, theme);
		case "repair":
			return repairLine(record, theme);
		case "arrived":
			return `${theme.good("✓")} a live delivery arrived: ${theme.strong(record.id)} ${record.fields.join(", ")}`;
		case "call":
			return callLine(record, theme);
		case "check-info":
			return listedLine(record, theme);
		case "summary":
			return undefined;
	}
}

function verdictLines(
	{ ok, app, detail }: VerdictRecord,
	theme: Theme,
): string {
	const head = ok
		? ([
				"✓ nothing that can be read keeps live deliveries away",
				theme.good,
			] as const)
		: (["✗ live deliveries cannot arrive", theme.bad] as const);
	return `${beside(head, app, theme)}\n  ${hung(detail, 2, theme)}`;
}

function checkLines(
	record: DoctorCheckRecord,
	theme: Theme,
): string | undefined {
	const { id, status, detail, blockedBy } = record;
	if (blockedBy) return undefined;
	if (status === "fail" || status === "warn") return faultLines(record, theme);
	const mark = status === "pass" ? theme.good("✓") : theme.dim("?");
	const said = hung(detail, idWidth + 3, theme, theme.dim);
	return `${mark} ${id.padEnd(idWidth)} ${said}`;
}

function faultLines(
	{ id, status, title, detail, fix, step }: DoctorCheckRecord,
	theme: Theme,
): string {
	const mark = status === "warn" ? theme.warn("!") : theme.bad("✗");
	const number = step === undefined ? "" : `${step}. `;
	const head = `${mark} ${number}${beside([id, theme.strong], detail, theme, { before: 2 + number.length })}`;
	return [
		`${step === undefined ? "" : "\n"}${head}`,
		`    ${theme.dim("expected")}  ${hung(title, 14, theme)}`,
		...(fix ? [`    ${theme.key("fix")}       ${hung(fix, 14, theme)}`] : []),
	].join("\n");
}

/** A heading with a note beside it, or below where the line is too short for both. */
function beside(
	[head, colour]: readonly [string, Colour],
	note: string,
	theme: Theme,
	{ before = 0, indent = 4, colour: noteColour = plain } = {},
): string {
	if (before + head.length + 2 + note.length <= theme.columns)
		return `${colour(head)}  ${noteColour(note)}`;
	return `${colour(head)}\n${" ".repeat(indent)}${hung(note, indent, theme, noteColour)}`;
}

/** A text whose lines after the first begin in the same column. */
function hung(
	text: string,
	indent: number,
	{ columns }: Theme,
	colour = plain,
): string {
	return wrapWords(text, columns - indent)
		.map((line) => colour(line))
		.join(`\n${" ".repeat(indent)}`);
}

const conditionMarks = {
	holds: (theme: Theme) => theme.good("✓ holds  "),
	closed: (theme: Theme) => theme.bad("✗ closed "),
	unknown: (theme: Theme) => theme.dim("? unknown"),
};

function conditionLine(
	{ number, title, state, checks }: ConditionRecord,
	theme: Theme,
): string {
	const head =
		number === 1 ? `\n${theme.strong("Meta's seven conditions")}\n` : "";
	const line = `  ${number}  ${conditionMarks[state](theme)}  `;
	if (checks.length === 0) return `${head}${line}${title}`;
	const place = { before: 16, indent: 16, colour: theme.dim };
	return `${head}${line}${beside([title, plain], checks.join(", "), theme, place)}`;
}

function explanationLines(
	{ id, title, why, fix, source }: ExplanationRecord,
	theme: Theme,
): string {
	return [
		`${theme.strong(id)}  ${title}`,
		"",
		...wrapWords(why, Math.min(theme.columns, 80) - 1),
		"",
		`${theme.key("fix")}     ${fix}`,
		`${theme.key("source")}  ${source}`,
	].join("\n");
}

function repairLine({ id, done, reason }: RepairRecord, theme: Theme): string {
	return done
		? `${theme.good("✓")} repaired ${id}`
		: `${theme.bad("✗")} ${id} is not repaired: ${reason}`;
}

function listedLine({ id, title }: ListedCheckRecord, theme: Theme): string {
	return `${id.padEnd(44)} ${theme.dim(title)}`;
}
