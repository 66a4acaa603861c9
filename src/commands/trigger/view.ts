import type { Theme } from "../../cli/theme.ts";
import { describeChange } from "../../deliveries/describe-change.ts";
import type { TriggerRecord } from "./records.ts";

export function view(
	{ field, accountId, value, delivery, gates }: TriggerRecord,
	theme: Theme,
): string {
	const said = describeChange({ accountId, field, time: 0, value });
	const what = `${theme.strong(field)} of account ${accountId}: ${said}`;
	if (gates.length > 0)
		return [
			`${theme.warn("–")} ${what}`,
			...gates.map(({ id, detail }) => `  ${theme.warn(id)}  ${detail}`),
		].join("\n");
	const answer = delivery?.status ?? delivery?.error ?? "no answer";
	const mark = delivery?.status === 200 ? theme.good("✓") : theme.bad("✗");
	return `${mark} ${what}\n  ${theme.dim(`delivered to ${delivery?.url}: ${answer} in ${delivery?.ms} ms`)}`;
}
