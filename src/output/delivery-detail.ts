import type { DeliveryDetailRecord } from "../records.ts";
import { deliveryLine } from "./delivery-line.ts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";

/** A delivery in full: request line, headers, the bytes, what they say, where they went. */
export function deliveryDetail(
	record: DeliveryDetailRecord,
	paint: Paint,
): string {
	const { target, headers, bodyBase64, changes, forwards } = record;
	const raw = Buffer.from(bodyBase64, "base64").toString("utf8");
	return [
		deliveryLine(record, paint),
		"",
		`POST ${target}`,
		...headers.map(([name, value]) => `${paint.dim(`${name}:`)} ${value}`),
		"",
		safeText(raw),
		"",
		...changes.map((change) => JSON.stringify(change, null, 2)),
		...forwards.map(
			({ url, status, ms }) => `forwarded to ${url}: ${status} in ${ms} ms`,
		),
	].join("\n");
}
