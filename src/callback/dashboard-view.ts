import type { Theme } from "../cli/theme.ts";
import type { DashboardRecord } from "./records.ts";

/** What to paste where in the App Dashboard. */
export function dashboardSteps(record: DashboardRecord, theme: Theme): string {
	return [
		`${theme.warn("! by hand")}  ${record.reason}`,
		"  In the App Dashboard, under Webhooks, Instagram, Edit subscription, paste:",
		`  callback URL  ${theme.key(record.callbackUrl)}`,
		`  verify token  ${theme.key(record.verifyToken)}`,
		`  fields        ${record.fields.join(", ")}`,
		...(record.previousCallbackUrl
			? [`  afterwards    set ${record.previousCallbackUrl} there again`]
			: []),
	].join("\n");
}
