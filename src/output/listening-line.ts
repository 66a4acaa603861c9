import type {
	DashboardRecord,
	HandshakeRecord,
	ReadyRecord,
	ReplacingRecord,
	SubscriptionRecord,
	TunnelRecord,
} from "../records.ts";
import type { Paint } from "./paint.ts";
import { subscriptionLine } from "./subscription-line.ts";

export function listeningLine(
	record:
		| ReadyRecord
		| HandshakeRecord
		| TunnelRecord
		| SubscriptionRecord
		| ReplacingRecord
		| DashboardRecord,
	paint: Paint,
): string | undefined {
	switch (record.type) {
		case "ready":
			return readyLines(record, paint);
		case "handshake":
			return record.ok
				? `${paint.good("✓ handshake")}  the challenge was answered`
				: `${paint.bad("✗ handshake")}  refused: ${record.reason}`;
		case "tunnel":
			return tunnelLine(record, paint);
		case "subscription":
			return subscriptionLine(record, paint);
		case "replacing":
			return replacingLine(record, paint);
		case "dashboard":
			return dashboardLines(record, paint);
	}
}

function readyLines(record: ReadyRecord, paint: Paint): string {
	return [
		`${paint.strong("Listening.")} Ctrl-C ends it.`,
		`  callback URL  ${paint.key(record.callbackUrl)}`,
		`  verify token  ${paint.key(record.verifyToken)}`,
		...(record.publicUrl ? [`  on this side  ${record.localUrl}`] : []),
		paint.dim("  try it with   igwh replay mentions"),
	].join("\n");
}

/** That it opened is in the ready lines already; not that it has another name than was asked for. */
function tunnelLine(
	{ state, url, reason }: TunnelRecord,
	paint: Paint,
): string | undefined {
	if (state === "lost")
		return `${paint.warn("! tunnel lost")}  ${reason ?? ""}, reconnecting`;
	if (state === "open" && reason === undefined) return undefined;
	const back = state === "reopened" ? `${paint.good("✓ tunnel back")}  ` : "";
	return `${back}${paint.key(url)}${reason ? `  ${paint.warn(reason)}` : ""}`;
}

function replacingLine(record: ReplacingRecord, paint: Paint): string {
	const { previousCallbackUrl, previousFields, restorable, reason } = record;
	const inactive =
		record.previousActive === false
			? "\n    it was inactive: Meta's API restores it active, switch it off in the App Dashboard"
			: "";
	const what = `${paint.warn("! replaces")}  ${previousCallbackUrl} (${previousFields.join(", ")})${inactive}`;
	return restorable
		? `${what}\n    it is restored on exit`
		: `${what}\n    ${paint.warn(`it cannot be restored on exit: ${reason}`)}`;
}

function dashboardLines(record: DashboardRecord, paint: Paint): string {
	return [
		`${paint.warn("! by hand")}  ${record.reason}`,
		"  In the App Dashboard, under Webhooks, Instagram, Edit subscription, paste:",
		`  callback URL  ${paint.key(record.callbackUrl)}`,
		`  verify token  ${paint.key(record.verifyToken)}`,
		`  fields        ${record.fields.join(", ")}`,
		...(record.previousCallbackUrl
			? [`  afterwards    set ${record.previousCallbackUrl} there again`]
			: []),
		paint.dim("  waiting for Meta's handshake"),
	].join("\n");
}
