import type { Status } from "../check.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { LiveFinding } from "./live-check.ts";

interface Condition {
	title: string;
	checks: readonly LiveCheckId[];
}

/** The seven conditions of Meta's page "Webhooks for Instagram", in its order. */
const conditions: readonly Condition[] = [
	{
		title: "Instagram webhooks are configured, and the fields subscribed",
		checks: [
			"app.object",
			"app.subscription",
			"callback.address",
			"callback.dns",
			"callback.certificate",
			"callback.reachable",
			"callback.redirect",
			"callback.page-in-front",
			"callback.handshake",
			"app.active",
			"app.fields",
		],
	},
	{ title: "a consumer app is in Live mode", checks: ["app.live"] },
	{
		title: "a business app has Advanced Access",
		checks: ["access.advanced"],
	},
	{
		title: "the person granted the permissions",
		checks: [
			"permission.instagram_basic",
			"permission.instagram_manage_comments",
			"permission.instagram_manage_insights",
			"permission.instagram_manage_messages",
			"permission.pages_manage_metadata",
			"permission.pages_read_engagement",
			"permission.pages_show_list",
			"permission.instagram_business_basic",
			"permission.instagram_business_manage_comments",
			"permission.instagram_business_manage_messages",
		],
	},
	{
		title: "the page is subscribed",
		checks: ["page.subscription", "account.subscription", "delivery.disabled"],
	},
	{ title: "the business is verified", checks: ["business.verified"] },
	{
		title: "the media's owner is not private",
		checks: ["media.public"],
	},
];

export interface ConditionState {
	number: number;
	title: string;
	state: "holds" | "closed" | "unknown";
	/** The checks behind it that did not pass. */
	checks: LiveCheckId[];
}

/** Which of the seven conditions hold. */
export function judgeConditions(
	findings: readonly LiveFinding[],
): ConditionState[] {
	return conditions.map(({ title, checks }, index) => {
		const found = findings.filter(({ check }) => checks.includes(check.id));
		const having = (status: Status) =>
			found.filter(({ judgement }) => judgement.status === status);
		const closed = having("fail");
		const open = having("unknown");
		const doubtful = closed.length > 0 ? closed : open;
		return {
			number: index + 1,
			title,
			state:
				closed.length > 0
					? "closed"
					: open.length > 0 || found.length === 0 || leavesDoubt(having("warn"))
						? "unknown"
						: "holds",
			checks: doubtful.map(({ check }) => check.id),
		};
	});
}

/** A conclusion that no API confirms. */
function leavesDoubt(warnings: readonly LiveFinding[]): boolean {
	return warnings.some(({ check }) => check.last);
}
