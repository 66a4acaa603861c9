import type { HandshakeRecord, ReadyRecord, TunnelRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

export function listeningLine(
	record: ReadyRecord | HandshakeRecord | TunnelRecord,
	paint: Paint,
): string | undefined {
	if (record.type === "handshake")
		return record.ok
			? `${paint.good("✓ handshake")}  the challenge was answered`
			: `${paint.bad("✗ handshake")}  refused: ${record.reason}`;
	if (record.type === "tunnel") return tunnelLine(record, paint);
	return [
		`${paint.strong("Listening.")} Ctrl-C ends it.`,
		`  callback URL  ${paint.key(record.callbackUrl)}`,
		`  verify token  ${paint.key(record.verifyToken)}`,
		...(record.publicUrl ? [`  on this side  ${record.localUrl}`] : []),
		paint.dim("  try it with   igwh replay mentions"),
	].join("\n");
}

/** That it opened stands in the ready lines already. */
function tunnelLine(
	{ state, url, reason }: TunnelRecord,
	paint: Paint,
): string | undefined {
	if (state === "lost")
		return `${paint.warn("! tunnel lost")}  ${reason ?? ""}, reconnecting`;
	if (state === "reopened")
		return `${paint.good("✓ tunnel back")}  ${paint.key(url)}`;
	return undefined;
}
