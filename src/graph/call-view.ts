import type { Theme } from "../cli/theme.ts";
import type { CallRecord } from "./call-record.ts";

/** `would POST https://…  subscribed_fields=feed` */
export function callLine(
	{ method, url, parameters }: CallRecord,
	theme: Theme,
): string {
	const shown = Object.entries(parameters).map(
		([name, value]) => `${name}=${value}`,
	);
	return [
		`would ${theme.strong(method)} ${theme.key(url)}`,
		...shown.map((line) => `  ${line}`),
	].join("\n");
}
