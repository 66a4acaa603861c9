import { safeText } from "../cli/safe-text.ts";
import type { Theme } from "../cli/theme.ts";
import { deliveryLine } from "./delivery-line.ts";
import type { DeliveryDetailRecord } from "./records.ts";

/** A delivery in full: request line, headers, the bytes, what they say, where they went. */
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
			({ url, status, ms }) => `forwarded to ${url}: ${status} in ${ms} ms`,
		),
	].join("\n");
}
