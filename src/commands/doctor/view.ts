import type { ListedCheckRecord } from "../../checks/records.ts";
import type { Theme } from "../../cli/theme.ts";
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
	return ok
		? `${theme.good("✓ nothing that can be read keeps live deliveries away")}  ${app}\n  ${detail}`
		: `${theme.bad("✗ live deliveries cannot arrive")}  ${app}\n  ${detail}`;
}

function checkLines(
	{ id, status, title, detail, fix, step, blockedBy }: DoctorCheckRecord,
	theme: Theme,
): string | undefined {
	if (blockedBy) return undefined;
	const name = id.padEnd(idWidth);
	if (status === "pass")
		return `${theme.good("✓")} ${name} ${theme.dim(detail)}`;
	if (status === "unknown")
		return `${theme.dim("?")} ${name} ${theme.dim(detail)}`;
	const mark = status === "warn" ? theme.warn("!") : theme.bad("✗");
	const number = step === undefined ? "" : `${step}. `;
	return [
		`${step === undefined ? "" : "\n"}${mark} ${number}${theme.strong(id)}  ${detail}`,
		`    ${theme.dim("expected")}  ${title}`,
		...(fix ? [`    ${theme.key("fix")}       ${fix}`] : []),
	].join("\n");
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
	const why = checks.length > 0 ? theme.dim(`  ${checks.join(", ")}`) : "";
	return `${head}  ${number}  ${conditionMarks[state](theme)}  ${title}${why}`;
}

function explanationLines(
	{ id, title, why, fix, source }: ExplanationRecord,
	theme: Theme,
): string {
	return [
		`${theme.strong(id)}  ${title}`,
		"",
		...wrapped(why, Math.min(theme.columns, 80)),
		"",
		`${theme.key("fix")}     ${fix}`,
		`${theme.key("source")}  ${source}`,
	].join("\n");
}

function wrapped(text: string, columns: number): string[] {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = lines.at(-1) as string;
		if (line && line.length + word.length >= columns) lines.push(word);
		else lines[lines.length - 1] = line ? `${line} ${word}` : word;
	}
	return lines;
}

function repairLine({ id, done, reason }: RepairRecord, theme: Theme): string {
	return done
		? `${theme.good("✓")} repaired ${id}`
		: `${theme.bad("✗")} ${id} is not repaired: ${reason}`;
}

function listedLine({ id, title }: ListedCheckRecord, theme: Theme): string {
	return `${id.padEnd(44)} ${theme.dim(title)}`;
}
