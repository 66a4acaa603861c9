import type { GraphCall } from "../../graph/graph-call.ts";
import type { Login } from "../../graph/login.ts";
import type { Status } from "../check.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { Facts } from "./facts.ts";

export interface LiveJudgement {
	/** `fail`: deliveries do not arrive; `warn`: they do, for now; `unknown`: nothing can be said. */
	status: Status;
	/** What was found. */
	detail: string;
	/** Instead of the check's own fix. */
	fix?: string;
}

export interface LiveFinding {
	check: LiveCheck;
	judgement: LiveJudgement;
	/** The check that must pass first. */
	blockedBy?: LiveCheckId;
}

/** A Graph call that repairs what a check found. */
export interface Repair {
	call: GraphCall<boolean>;
	/** Makes the call, with the token it takes. */
	make(): Promise<unknown>;
}

/** One prerequisite of live delivery. */
export interface LiveCheck {
	id: LiveCheckId;
	/** What holds where deliveries arrive, on one line. */
	title: string;
	/** It concerns one of the logins only. */
	login?: Login;
	/** It concerns these Instagram fields only. */
	fields?: readonly string[];
	/** Checks that must not fail, because this one says nothing then. */
	needs?: readonly LiveCheckId[];
	judge(
		facts: Facts,
		/** The findings so far, for a check that concludes from all others. */
		others: readonly LiveFinding[],
	): LiveJudgement | Promise<LiveJudgement>;
	/** It concludes from all others. */
	last?: true;
	fix: string;
	/** Why it matters, in a few sentences. */
	why: string;
	/** The page of Meta's that says so. */
	source: string;
	/** What one call can repair; nothing where it cannot be told. */
	repair?(facts: Facts): Promise<Repair | undefined>;
	/** What to ask the person, where no API says. The answer yes opens the gate. */
	question?: string;
}

export const pass = (detail: string): LiveJudgement => ({
	status: "pass",
	detail,
});
export const fail = (detail: string, fix?: string): LiveJudgement => ({
	status: "fail",
	detail,
	...(fix !== undefined && { fix }),
});
export const warn = (detail: string, fix?: string): LiveJudgement => ({
	...fail(detail, fix),
	status: "warn",
});
export const unknown = (detail: string): LiveJudgement => ({
	status: "unknown",
	detail,
});

/** Where Meta documents what the checks look at. */
export const sources = {
	webhooks: "https://developers.facebook.com/docs/instagram-platform/webhooks",
	handshake:
		"https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
	subscriptions:
		"https://developers.facebook.com/docs/graph-api/reference/application/subscriptions",
	subscribedApps:
		"https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps",
	tokens:
		"https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging",
	versions: "https://developers.facebook.com/docs/graph-api/changelog/versions",
} as const;
