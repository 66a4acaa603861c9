import type { Theme } from "../../../cli/theme.ts";
import type { LoggedCall } from "../../../sandbox/log.ts";
import { callLines } from "../call-lines.ts";

export function view(call: LoggedCall, theme: Theme): string {
	return callLines(call, theme, { verbose: true });
}
