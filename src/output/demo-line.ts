import type {
	AnyRecord,
	DemoSummaryRecord,
	StepEndRecord,
	StepRecord,
} from "../records.ts";
import { deliveryLine } from "./delivery-line.ts";
import { listeningLine } from "./listening-line.ts";
import { mentionLines } from "./mention-lines.ts";
import type { Paint } from "./paint.ts";
import { replayLine } from "./replay-line.ts";
import { replyLine } from "./reply-line.ts";
import { subscriptionLine } from "./subscription-line.ts";

/** How each record of a step reads: as its own command shows it. */
const lineOf: Record<
	string,
	(record: never, paint: Paint) => string | undefined
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

export function demoLine(record: AnyRecord, paint: Paint): string | undefined {
	if (record.type === "summary")
		return "steps" in record
			? summaryLine(record as DemoSummaryRecord, paint)
			: undefined;
	const line = lineOf[record.type]?.(record as never, paint);
	return record.type.startsWith("step") ? line : line?.replace(/^/gm, "   ");
}

function stepLine({ number, title, command }: StepRecord, paint: Paint) {
	return `\n${paint.strong(`${String(number).padStart(2)} ${title}`)}\n   ${paint.key(`$ ${command}`)}`;
}

function stepEndLine({ ok, problem }: StepEndRecord, paint: Paint) {
	return ok ? undefined : `   ${paint.bad("✗")} ${problem}`;
}

function summaryLine({ steps }: DemoSummaryRecord, paint: Paint): string {
	return [
		"",
		`${paint.good("✓")} all ${steps} steps hold. Everything went over real sockets; only Meta's host was the sandbox.`,
		"  Now in three terminals:",
		`    ${paint.key("igwh sandbox")}`,
		`    ${paint.key("igwh listen --sandbox")}`,
		`    ${paint.key("igwh subscribe --sandbox --callback http://127.0.0.1:7300/webhook && igwh trigger mentions")}`,
	].join("\n");
}
