import type { TriggerRecord } from "../records.ts";
import { describeChange } from "./describe-change.ts";
import type { Paint } from "./paint.ts";

export function triggerLine(
	{ field, accountId, value, delivery, gates }: TriggerRecord,
	paint: Paint,
): string {
	const said = describeChange({ accountId, field, time: 0, value });
	const what = `${paint.strong(field)} of account ${accountId}: ${said}`;
	if (gates.length > 0)
		return [
			`${paint.warn("–")} ${what}`,
			...gates.map(({ id, detail }) => `  ${paint.warn(id)}  ${detail}`),
		].join("\n");
	const answer = delivery?.status ?? delivery?.error ?? "no answer";
	const mark = delivery?.status === 200 ? paint.good("✓") : paint.bad("✗");
	return `${mark} ${what}\n  ${paint.dim(`delivered to ${delivery?.url}: ${answer} in ${delivery?.ms} ms`)}`;
}
