import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { AnyRecord } from "../../cli/record.ts";
import type { Theme } from "../../cli/theme.ts";
import { deliveryLine } from "../../deliveries/delivery-line.ts";
import { replyLine } from "../../mentions/answer-view.ts";
import { mentionLines } from "../../mentions/mention-view.ts";
import { listeningLine } from "../listen/listening-line.ts";
import type { ReadyRecord } from "../listen/records.ts";
import { replayLine } from "../replay/view.ts";
import type { SandboxRecord } from "../sandbox/records.ts";
import type {
	DemoSummaryRecord,
	StepEndRecord,
	StepRecord,
} from "./records.ts";

/** Each record is shown as its own command shows it. */
const lineOf: Record<
	string,
	(record: never, theme: Theme) => string | undefined
> = {
	ready: readyLine,
	handshake: listeningLine,
	subscription: subscriptionLine,
	trigger: () => undefined,
	delivery: deliveryLine,
	mention: mentionLines,
	unreadable: mentionLines,
	reply: replyLine,
	replay: replayLine,
	step: stepLine,
	"step-end": stepEndLine,
};

/** What a command prints is indented below its step. */
const indent = "   ";

export function view(record: AnyRecord, theme: Theme): string | undefined {
	if (record.type === "summary")
		return "steps" in record
			? summaryLine(record as DemoSummaryRecord, theme)
			: undefined;
	const draw = lineOf[record.type];
	if (record.type.startsWith("step")) return draw?.(record as never, theme);
	const columns = theme.columns - indent.length;
	return draw?.(record as never, { ...theme, columns })?.replace(/^/gm, indent);
}

function stepLine({ number, title, command }: StepRecord, theme: Theme) {
	return `\n${theme.strong(`${String(number).padStart(2)} ${title}`)}\n   ${theme.key(`$ ${command}`)}`;
}

function stepEndLine({ ok, problem }: StepEndRecord, theme: Theme) {
	return ok ? undefined : `   ${theme.bad("✗")} ${problem}`;
}

/**
 * The sandbox's first line, without the settings it prints for other programs, and
 * the listener's, without the place of a store that is gone in a second.
 */
function readyLine(
	record: ReadyRecord | (SandboxRecord & { type: "ready" }),
	theme: Theme,
) {
	return "environment" in record
		? `The sandbox is ${theme.key(record.url)}`
		: listeningLine(
				{ ...record, tryWith: "igwh replay mentions --sandbox" },
				theme,
			);
}

function summaryLine(
	{ steps, program }: DemoSummaryRecord,
	theme: Theme,
): string {
	const igwh = (command: string) => `    ${theme.key(`${program} ${command}`)}`;
	return [
		"",
		`${theme.good("✓")} all ${steps} steps passed, over real sockets; only Meta's host was the sandbox`,
		"  Now try it yourself, in three terminals:",
		igwh("sandbox"),
		igwh("listen --sandbox"),
		igwh("subscribe --sandbox --callback http://127.0.0.1:7300/webhook"),
		"  Then in the third one:",
		igwh("trigger mentions"),
	].join("\n");
}
