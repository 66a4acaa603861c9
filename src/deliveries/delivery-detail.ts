import { safeText } from "../cli/safe-text.ts";
import type { Theme } from "../cli/theme.ts";
import { deliveryLine } from "./delivery-line.ts";
import { forwardMarks } from "./forward-mark.ts";
import type { DeliveryDetailRecord } from "./records.ts";

/** A delivery in full: request line, headers, raw body, changes, and what the apps answered. */
export function deliveryDetail(
	record: DeliveryDetailRecord,
	theme: Theme,
): string {
	const { target, headers, bodyBase64, changes, forwards } = record;
	const raw = Buffer.from(bodyBase64, "base64").toString("utf8");
	return [
		deliveryLine(record, theme),
		"",
		`POST ${target}`,
		...headers.map(([name, value]) => `${theme.dim(`${name}:`)} ${value}`),
		"",
		safeText(raw),
		"",
		...changes.map((change) => JSON.stringify(change, null, 2)),
		...forwards.map(
			(forward) =>
				`forwarded to ${forward.url} ${forwardMarks([forward], "timed", theme)}`,
		),
	].join("\n");
}
