import type { CallRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

/** `would POST https://…  subscribed_fields=feed` */
export function callLine(
	{ method, url, parameters }: CallRecord,
	paint: Paint,
): string {
	const shown = Object.entries(parameters).map(
		([name, value]) => `${name}=${value}`,
	);
	return [
		`would ${paint.strong(method)} ${paint.key(url)}`,
		...shown.map((line) => `  ${line}`),
	].join("\n");
}
