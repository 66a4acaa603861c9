import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { AnyRecord } from "../../cli/record.ts";
import type { Theme } from "../../cli/theme.ts";
import { deliveryLine } from "../../deliveries/delivery-line.ts";
import { replyLine } from "../../mentions/answer-view.ts";
import { mentionLines } from "../../mentions/mention-view.ts";
import { listeningLine } from "../listen/listening-line.ts";
import { replayLine } from "../replay/view.ts";
import type {
	DemoSummaryRecord,
	StepEndRecord,
	StepRecord,
} from "./records.ts";

/** How each record of a step reads: as its own command shows it. */
const lineOf: Record<
	string,
	(record: never, theme: Theme) => string | undefined
> = {
	ready: listeningLine,
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

export function view(record: AnyRecord, theme: Theme): string | undefined {
	if (record.type === "summary")
		return "steps" in record
			? summaryLine(record as DemoSummaryRecord, theme)
			: undefined;
	const line = lineOf[record.type]?.(record as never, theme);
	return record.type.startsWith("step") ? line : line?.replace(/^/gm, "   ");
}

function stepLine({ number, title, command }: StepRecord, theme: Theme) {
	return `\n${theme.strong(`${String(number).padStart(2)} ${title}`)}\n   ${theme.key(`$ ${command}`)}`;
}

function stepEndLine({ ok, problem }: StepEndRecord, theme: Theme) {
	return ok ? undefined : `   ${theme.bad("✗")} ${problem}`;
}

function summaryLine({ steps }: DemoSummaryRecord, theme: Theme): string {
	return [
		"",
		`${theme.good("✓")} all ${steps} steps hold. Everything went over real sockets; only Meta's host was the sandbox.`,
		"  Now in three terminals:",
		`    ${theme.key("igwh sandbox")}`,
		`    ${theme.key("igwh listen --sandbox")}`,
		`    ${theme.key("igwh subscribe --sandbox --callback http://127.0.0.1:7300/webhook && igwh trigger mentions")}`,
	].join("\n");
}
