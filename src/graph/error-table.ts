import type { ErrorCode } from "../igwh-error.ts";

/**
 * What a Graph error is about: the object of the call, the token, the app, or
 * the moment, in which case the same call may succeed later.
 */
export type About = "object" | "token" | "app" | "moment";

export interface Meaning {
	about: About;
	kind: ErrorCode;
	/** What to do. */
	hint: string;
	/** Meta itself failed: the call may have had its effect. */
	outcomeUnknown: boolean;
}

interface Entry extends Meaning {
	code: number | readonly [from: number, to: number];
	subcode?: number;
	/** Meta uses some codes for several things, which only the message distinguishes. */
	message?: RegExp;
}

const newToken =
	"make a new token in the Graph API Explorer and put it into .env";
const noToken =
	"the call had no valid token: set IGWH_PAGE_TOKEN or IGWH_USER_TOKEN in .env";
const pageTokenWanted =
	"this is a user token: put the page's own, from /me/accounts, into IGWH_PAGE_TOKEN";
const grant =
	"grant the permission to the app, with Advanced Access for accounts that are not yours";
const blocked =
	"Meta blocked the account for a policy violation: see Account Quality, and wait until the block ends";

const entry = (about: About, kind: ErrorCode, hint: string): Meaning => ({
	about,
	kind,
	hint,
	outcomeUnknown: false,
});
const object = (hint: string) => entry("object", "graph", hint);
const token = (hint: string, kind: ErrorCode = "token") =>
	entry("token", kind, hint);
const app = (hint: string, kind: ErrorCode) => entry("app", kind, hint);
/** Meta did not do it now; it may do it later. */
const temporary = (hint: string) => entry("moment", "graph", hint);
/** Meta failed while it did it. */
const failing = (hint: string): Meaning => ({
	...temporary(hint),
	outcomeUnknown: true,
});
const limit = (whose: string) =>
	entry(
		"moment",
		"rate-limit",
		`the rate limit of ${whose} is used up; Meta counts calls per hour: run the command again later, or with --wait`,
	);

const publishing = object(
	"this error belongs to publishing, which igwh does not do",
);

/** Every documented error (webhook/README: Errors); the first entry that fits counts. */
const table: readonly Entry[] = [
	{ code: -1, ...failing("Meta failed: run the command again later") },
	{ code: -2, ...failing("Meta timed out: run the command again later") },
	{
		code: 1,
		message: /client secret/i,
		...app("check IGWH_APP_SECRET against the App Dashboard", "token"),
	},
	{ code: 1, ...failing("usually temporary: run the command again") },
	{
		code: 2,
		...failing("Meta's service is down: run the command again later"),
	},
	{
		code: 3,
		...app(
			"the app lacks the product or the access level: add it in the App Dashboard",
			"permission",
		),
	},
	{ code: 4, subcode: 2207051, ...token(blocked, "graph") },
	{ code: 4, ...limit("the app") },
	{ code: 9, ...publishing },
	{
		code: 10,
		message: /not enough viewers/i,
		...object("Meta shows insights once there are five viewers"),
	},
	{ code: 10, ...token(grant, "permission") },
	{
		code: 15,
		...app(
			"the call needs the app's own token: set IGWH_APP_ID and IGWH_APP_SECRET",
			"token",
		),
	},
	{ code: 17, ...limit("the person") },
	{ code: 24, ...publishing },
	{ code: 32, ...limit("the page") },
	{
		code: 100,
		subcode: 33,
		...object(
			"check the id: it does not exist, was deleted, is private, or the token has no access to it; the dashboard's Test sends fictitious ids",
		),
	},
	{
		code: 100,
		message: /appsecret_proof/,
		...app(
			"check IGWH_APP_SECRET: it must be the secret of the token's app",
			"token",
		),
	},
	{
		code: 100,
		message: /nonexisting field/,
		...app("check IGWH_API_VERSION: this version has no such field", "graph"),
	},
	{
		code: 100,
		...object("correct the parameter that the message names"),
	},
	{
		code: 101,
		...app(
			"check IGWH_APP_ID and IGWH_APP_SECRET against the App Dashboard",
			"token",
		),
	},
	{ code: 102, ...token(newToken) },
	{ code: 104, ...token(noToken) },
	{ code: 190, subcode: 463, ...token(`the token expired: ${newToken}`) },
	{
		code: 190,
		subcode: 460,
		...token(`the password was changed: ${newToken}`),
	},
	{
		code: 190,
		subcode: 459,
		...token(
			"the person must log in at facebook.com and clear a security check",
		),
	},
	{
		code: 190,
		subcode: 464,
		...token("the person must confirm their account at facebook.com"),
	},
	{
		code: 190,
		subcode: 492,
		...token(
			"the person lost their role on the page: restore it, then make a new token",
		),
	},
	{
		code: 190,
		subcode: 458,
		...token(`the person removed the app: ${newToken}`),
	},
	{ code: 190, subcode: 467, ...token(`the person logged out: ${newToken}`) },
	{ code: 190, message: /page access token/i, ...token(pageTokenWanted) },
	{
		code: 190,
		message: /cannot parse/i,
		...token(
			"the token is incomplete, or is an Instagram Login token (IGAA…), which graph.facebook.com does not accept: copy it again",
		),
	},
	{ code: 190, ...token(newToken) },
	{ code: 210, ...token(pageTokenWanted) },
	{
		code: [200, 299],
		...token(
			"grant the named permission to the app, with Advanced Access for accounts that are not yours, and check the person's role on the page",
			"permission",
		),
	},
	{ code: 341, ...limit("the app") },
	{ code: 352, ...publishing },
	{ code: 368, ...token(blocked, "graph") },
	{
		code: 506,
		...object("Meta already has the same text there: change the message"),
	},
	{ code: 613, ...limit("this call") },
	{ code: 803, ...object("check the id: it does not exist") },
	{
		code: 2200,
		...object(
			"Meta could not reach the callback URL, or got no 200 from it: check that the receiver runs behind it",
		),
	},
	{
		code: 2201,
		...object(
			"the callback URL must answer with the bare hub.challenge: no JSON, no quotes, no page of the tunnel provider",
		),
	},
	{ code: 2500, message: /access token/i, ...token(noToken) },
	{
		code: 2500,
		...app(
			"the path or the fields of the call are malformed: check IGWH_GRAPH_URL and the ids",
			"graph",
		),
	},
	{ code: 9004, ...publishing },
	{ code: 9007, ...publishing },
	{ code: 36000, ...publishing },
	{ code: 80001, ...limit("the page") },
	{ code: 80002, ...limit("the account") },
	{ code: 80006, ...limit("the page's messages") },
	{ code: [80000, 80014], ...limit("the business use case") },
	{ code: 1609005, ...publishing },
];

export interface GraphFailure {
	status: number;
	code: number;
	subcode: number;
	message: string;
	/** Meta's `is_transient`. */
	transient: boolean;
}

/**
 * What an error means. An error that no entry knows is about the moment, so that
 * nothing is given up because of it.
 */
export function meaningOf(failure: GraphFailure): Meaning {
	const { status, transient } = failure;
	const known = table.find((entry) => fits(entry, failure));
	if (known?.about === "moment")
		return {
			...known,
			// Meta calls its limits transient too, and does nothing.
			outcomeUnknown:
				known.outcomeUnknown ||
				status >= 500 ||
				(transient && known.kind !== "rate-limit"),
		};
	if (status >= 500 || transient)
		return failing("Meta failed: run the command again later");
	return (
		known ?? temporary("look the code up in Meta's Graph API error reference")
	);
}

function fits(
	{ code, subcode, message }: Entry,
	failure: GraphFailure,
): boolean {
	const [from, to] = typeof code === "number" ? [code, code] : code;
	return (
		failure.code >= from &&
		failure.code <= to &&
		(subcode === undefined || subcode === failure.subcode) &&
		(message === undefined || message.test(failure.message))
	);
}
