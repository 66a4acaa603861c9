import { dashboardSteps } from "../../callback/dashboard-view.ts";
import type {
	DashboardRecord,
	ReplacingRecord,
	SubscriptionRecord,
} from "../../callback/records.ts";
import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { Theme } from "../../cli/theme.ts";
import type { HandshakeRecord } from "../../receiver/records.ts";
import type { TunnelRecord } from "../../tunnel/records.ts";
import type { ReadyRecord } from "./records.ts";

export function listeningLine(
	record:
		| ReadyRecord
		| HandshakeRecord
		| TunnelRecord
		| SubscriptionRecord
		| ReplacingRecord
		| DashboardRecord,
	theme: Theme,
): string | undefined {
	switch (record.type) {
		case "ready":
			return readyLines(record, theme);
		case "handshake":
			return record.ok
				? `${theme.good("✓ handshake")}  challenge answered`
				: `${theme.bad("✗ handshake")}  refused: ${record.reason}`;
		case "tunnel":
			return tunnelLine(record, theme);
		case "subscription":
			return subscriptionLine(record, theme);
		case "replacing":
			return replacingLine(record, theme);
		case "dashboard":
			return dashboardLines(record, theme);
	}
}

function readyLines(record: ReadyRecord, theme: Theme): string {
	const profile = record.profile ? ` with profile ${record.profile}` : "";
	return [
		`${theme.strong(`Listening${profile}.`)} Ctrl-C ends it.`,
		`  callback URL  ${theme.key(record.callbackUrl)}`,
		`  verify token  ${theme.key(record.verifyToken)}`,
		...(record.publicUrl ? [`  local URL     ${record.localUrl}`] : []),
		theme.dim(`  try it with   ${record.tryWith}`),
	].join("\n");
}

/** The ready lines show that it opened, but not that it has another name than requested. */
function tunnelLine(
	{ state, url, reason }: TunnelRecord,
	theme: Theme,
): string | undefined {
	if (state === "lost")
		return `${theme.warn("! tunnel lost")}  ${reason ?? ""}, reconnecting`;
	if (state === "open" && reason === undefined) return undefined;
	const back = state === "reopened" ? `${theme.good("✓ tunnel back")}  ` : "";
	return `${back}${theme.key(url)}${reason ? `  ${theme.warn(reason)}` : ""}`;
}

function replacingLine(record: ReplacingRecord, theme: Theme): string {
	const { previousCallbackUrl, previousFields, restorable, reason } = record;
	const inactive =
		record.previousActive === false
			? "\n    it was inactive; Meta's API restores it as active: switch it off in the App Dashboard"
			: "";
	const what = `${theme.warn("! replaces")}  ${previousCallbackUrl} (${previousFields.join(", ")})${inactive}`;
	return restorable
		? `${what}\n    it is restored on exit`
		: `${what}\n    ${theme.warn(`it cannot be restored on exit: ${reason}`)}`;
}

function dashboardLines(record: DashboardRecord, theme: Theme): string {
	return `${dashboardSteps(record, theme)}\n${theme.dim("  waiting for Meta's handshake")}`;
}
