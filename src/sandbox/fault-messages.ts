import type { HeaderList } from "../http.ts";

interface FaultMessage {
	message: string;
	status?: number;
	transient?: boolean;
}

const session = "Error validating access token: ";

/** Meta's words for errors that only come when something is wrong at Meta, or with a token, by code and subcode. */
export const faultMessages: Readonly<Record<string, FaultMessage>> = {
	"1": { message: "An unknown error occurred", status: 500, transient: true },
	"2": {
		message:
			"Service temporarily unavailable. Please wait a moment and try again.",
		status: 503,
		transient: true,
	},
	"4": { message: "(#4) Application request limit reached", transient: true },
	"10": {
		message: "(#10) Application does not have permission for this action",
	},
	"17": { message: "(#17) User request limit reached", transient: true },
	"32": { message: "(#32) Page request limit reached", transient: true },
	"190": { message: "Invalid OAuth access token." },
	"190/458": {
		message: `${session}The user has not authorized application.`,
	},
	"190/459": {
		message: `${session}The user is enrolled in a blocking, logged-in checkpoint`,
	},
	"190/460": {
		message: `${session}The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.`,
	},
	"190/463": { message: `${session}Session has expired.` },
	"190/467": {
		message: `${session}The session is invalid because the user logged out.`,
	},
	"190/492": {
		message: `${session}The user must be an administrator, editor, or moderator of the page in order to impersonate it.`,
	},
	"200": { message: "(#200) Permissions error", status: 403 },
	"368": {
		message:
			"The action attempted has been deemed abusive or is otherwise disallowed",
	},
	"613": {
		message: "(#613) Calls to this api have exceeded the rate limit.",
		transient: true,
	},
	"80002": {
		message:
			"(#80002) There have been too many calls to this Instagram account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
	},
};

const spent = { call_count: 100, total_cputime: 25, total_time: 25 };

/** What Meta says beside a rate limit, of either kind. */
export function usageHeaders(code: number): HeaderList {
	if ([4, 17, 32, 613].includes(code))
		return [["X-App-Usage", JSON.stringify(spent)]];
	if (code < 80_000 || code > 80_099) return [];
	return [
		[
			"X-Business-Use-Case-Usage",
			JSON.stringify({
				"17841405726653026": [
					{ type: "instagram", ...spent, estimated_time_to_regain_access: 5 },
				],
			}),
		],
	];
}
