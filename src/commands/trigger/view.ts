import type { Theme } from "../../cli/theme.ts";
import { describeChange } from "../../deliveries/describe-change.ts";
import type { StepRecord, TriggerRecord } from "./records.ts";

export function view(record: TriggerRecord | StepRecord, theme: Theme): string {
	return record.type === "step"
		? theme.dim(`  ${stepText(record)}`)
		: triggerLines(record, theme);
}

function stepText({ step, input }: StepRecord): string {
	if (step === "wait")
		return `waited ${Number(input.ms) / 1000} s, or less with --speed`;
	if (step === "receiver")
		return `the receiver is ${input.down ? "down" : "up again"}`;
	const gates = Array.isArray(input.gates) ? input.gates.join(", ") : "";
	return [step.replaceAll("-", " "), gates].filter(Boolean).join(" ");
}

function triggerLines(
	{ field, accountId, value, delivery, gates, deliveries }: TriggerRecord,
	theme: Theme,
): string {
	const said = describeChange({ accountId, field, time: 0, value });
	const what = `${theme.strong(field)} of account ${accountId}: ${said}`;
	if (gates.length > 0)
		return [
			`${theme.warn("–")} ${what}`,
			...gates.map(({ id, detail }) => `  ${theme.warn(id)}  ${detail}`),
		].join("\n");
	if (deliveries) {
		const { sent, ok } = deliveries;
		const mark = ok === sent ? theme.good("✓") : theme.bad("✗");
		return `${mark} ${what}\n  ${theme.dim(`and more: ${ok} of ${sent} deliveries to ${delivery?.url} were taken`)}`;
	}
	const { url, status, ms, error } = delivery ?? {};
	const answer = status ? `${status} in ${ms} ms` : (error ?? "no answer");
	return status === 200
		? `${theme.good("✓")} ${what}\n  ${theme.dim(`delivered to ${url}: ${answer}`)}`
		: `${theme.bad("✗")} ${what}\n  ${theme.dim(`not delivered to ${url}: ${answer}`)}`;
}
