import { STATUS_CODES } from "node:http";
import { pacificTime } from "../graph-time.ts";
import { escapedText } from "./graph-json.ts";

interface GraphErrorDetails {
	/** The HTTP status; Graph answers nearly everything with 400. */
	status?: number;
	type?:
		| "OAuthException"
		| "GraphMethodException"
		| "GraphBatchException"
		| "IGApiException";
	subcode?: number;
	/** `error_data`, which the body has only where it is given. */
	data?: object;
	/** What Meta says to the person who uses the app. */
	user?: { title: string; message: string };
	/** Graph calls it worth another try. */
	transient?: boolean;
}

/** A refusal as the Graph API words it, with its HTTP status. */
export class GraphError extends Error {
	override readonly name = "GraphError";
	readonly status: number;
	readonly type: string;
	readonly subcode: number | undefined;
	readonly transient: boolean;
	readonly data: object | undefined;
	readonly user: { title: string; message: string } | undefined;

	constructor(
		readonly code: number,
		message: string,
		details: GraphErrorDetails = {},
	) {
		super(message);
		this.status = details.status ?? 400;
		this.type = details.type ?? "OAuthException";
		this.subcode = details.subcode;
		this.transient = details.transient ?? false;
		this.data = details.data;
		this.user = details.user;
	}

	/** The body Graph answers with. */
	envelope(traceId: string): object {
		return {
			error: {
				message: this.message,
				type: this.type,
				...(this.transient && { is_transient: true }),
				code: this.code,
				...(this.subcode !== undefined && { error_subcode: this.subcode }),
				...(this.data && { error_data: this.data }),
				...(this.user && {
					is_transient: this.transient,
					error_user_title: this.user.title,
					error_user_msg: this.user.message,
				}),
				fbtrace_id: traceId,
			},
		};
	}
}

/** Gives any thrown value the form of a Graph error; an unknown one is code 1, as at Meta. */
export function asGraphError(thrown: unknown): GraphError {
	return thrown instanceof GraphError ? thrown : graphErrors.unknown();
}

const documentation =
	"Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
const unsupported = { type: "GraphMethodException" } as const;

/** Meta's errors by what went wrong (meta-platform §1.3, §4 and §5). */
export const graphErrors = {
	unknown: () =>
		new GraphError(1, "An unknown error occurred", {
			status: 500,
			transient: true,
		}),

	invalidParameter: (message: string) =>
		new GraphError(100, `(#100) ${message}`),
	missingParameter: (name: string) =>
		graphErrors.invalidParameter(`The parameter ${name} is required.`),
	notOneOf: (param: string, allowed: Iterable<string>, got: string) =>
		graphErrors.invalidParameter(
			`Param ${param} must be one of {${[...allowed].join(", ")}} - got "${got}".`,
		),
	nonexistingField: (field: string, nodeType: string) =>
		graphErrors.invalidParameter(
			`Tried accessing nonexisting field (${field}) on node type (${nodeType})`,
		),
	unsupportedObject: (method: string, id: string) =>
		new GraphError(
			100,
			`Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. ${documentation}`,
			{ ...unsupported, subcode: 33 },
		),
	unsupportedRequest: (method: string) =>
		new GraphError(
			100,
			`Unsupported ${method.toLowerCase()} request. ${documentation}`,
			unsupported,
		),
	unsupportedMethod: (method: string) =>
		new GraphError(
			100,
			`Unsupported request - method type: ${method.toLowerCase()}`,
			unsupported,
		),
	unknownUsername: (username: string) =>
		new GraphError(110, "Invalid user id", {
			subcode: 2207013,
			user: {
				title: "Cannot find User",
				message: `The user with username: ${username} cannot be found.`,
			},
		}),
	unknownAlias: (alias: string) =>
		new GraphError(
			803,
			`(#803) Some of the aliases you requested do not exist: ${alias}`,
			{ status: 404 },
		),
	emptyIdentifier: () =>
		new GraphError(2500, "Cannot specify an empty identifier"),
	tooManyIds: (max: number, given: number) =>
		graphErrors.invalidParameter(
			`Too many IDs. Maximum: ${max}. Provided: ${given}.`,
		),
	unknownPath: (path: string) =>
		new GraphError(2500, `Unknown path components: /${path}`),
	syntax: (problem: string, at: number, text: string) =>
		new GraphError(
			2500,
			`Syntax error "${problem}" at character ${at}: ${text}`,
		),

	batch: (message: string) =>
		new GraphError(100, message, { type: "GraphBatchException" }),

	alreadyReplied: () =>
		new GraphError(10900, "(#10900) Activity already replied to"),
	cannotReplyPrivately: () =>
		new GraphError(10903, "(#10903) This user cant reply to this activity"),
	noSuchPerson: () =>
		new GraphError(100, "(#100) No matching user found", { subcode: 2018001 }),

	unknownMetric: (index: number, known: readonly string[]) =>
		graphErrors.invalidParameter(
			`metric[${index}] must be one of the following values: ${known.join(", ")}`,
		),
	unsupportedMetric: (metric: string) =>
		graphErrors.invalidParameter(
			`The Media Insights API does not support the ${metric} metric for this media product type.`,
		),
	impressionsGone: () =>
		graphErrors.invalidParameter(
			"Starting from version v22.0 and above, the impressions metric is no longer supported for the queried media.",
		),
	totalValueNeeded: (metrics: readonly string[]) =>
		graphErrors.invalidParameter(
			`The following metrics (${metrics.join(", ")}) should be specified with parameter metric_type=total_value`,
		),
	sinceAfterUntil: () =>
		graphErrors.invalidParameter("since param must be before until param"),
	tooLongRange: () =>
		graphErrors.invalidParameter(
			"There cannot be more than 30 days (2592000 s) between since and until",
		),
	tooFewViewers: () =>
		new GraphError(
			10,
			"(#10) Not enough viewers for the media to show insights",
		),

	invalidCursor: () => new GraphError(2642, "(#2642) Invalid cursors values"),

	bodyTooLarge: () =>
		new GraphError(1, "The request body is too large", { status: 413 }),
	noToken: () =>
		new GraphError(
			104,
			"An access token is required to request this resource.",
		),
	noCurrentUser: () =>
		new GraphError(
			2500,
			"An active access token must be used to query information about the current user.",
		),
	unparsableToken: () =>
		new GraphError(
			190,
			"Invalid OAuth access token - Cannot parse access token",
		),
	forgedToken: () =>
		new GraphError(190, "Invalid OAuth access token signature."),
	expiredToken: (expiresAt: number, now: number) =>
		new GraphError(
			190,
			`Error validating access token: Session has expired on ${pacificTime(expiresAt)}. The current time is ${pacificTime(now)}.`,
			{ subcode: 463 },
		),
	invalidProof: () =>
		new GraphError(
			100,
			"Invalid appsecret_proof provided in the API argument",
			unsupported,
		),
	unknownApplication: () =>
		new GraphError(
			101,
			"Error validating application. Cannot get application info due to a system error.",
		),
	wrongClientSecret: () => new GraphError(1, "Error validating client secret."),
	foreignInputToken: () =>
		graphErrors.invalidParameter(
			"The App_id in the input_token did not match the Viewing App",
		),
	missingRedirectUri: () =>
		new GraphError(191, "Missing redirect_uri parameter."),
	unknownCode: () => new GraphError(100, "Invalid verification code format."),
	otherRedirectUri: () =>
		new GraphError(
			100,
			"Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
			{ subcode: 36008 },
		),
	usedCode: () =>
		new GraphError(100, "This authorization code has been used.", {
			subcode: 36009,
		}),
	expiredCode: () =>
		new GraphError(100, "This authorization code has expired.", {
			subcode: 36007,
		}),
	appTokenRequired: () =>
		new GraphError(
			15,
			"(#15) This method must be called with an app access_token.",
		),
	pageTokenRequired: () =>
		new GraphError(
			210,
			"(#210) A page access token is required to request this resource.",
		),
	noCapability: () =>
		new GraphError(
			3,
			"(#3) Application does not have the capability to make this API call.",
			{ status: 403 },
		),
	noPermission: () =>
		new GraphError(
			10,
			"(#10) Application does not have permission for this action",
			{ status: 403 },
		),
	missingPermission: (permission: string) =>
		new GraphError(
			200,
			`(#200) Requires ${permission} permission to manage the object`,
			{ status: 403 },
		),
	missingFieldPermission: (field: string, permission: string) =>
		new GraphError(
			200,
			`(#200) To subscribe to the ${field} field, one of these permissions is needed: ${permission}.`,
			{ status: 403 },
		),

	callbackStatus: (status: number) =>
		callbackFailed(
			`HTTP Status Code = ${status}; HTTP Message = ${STATUS_CODES[status] ?? ""}`,
		),
	callbackUnreachable: (curlCode: number, curlMessage: string) =>
		callbackFailed(
			`curl_errno = ${curlCode}; curl_error = ${curlMessage}; HTTP Status Code = 0`,
		),
	wrongChallenge: (expected: string, received: string) =>
		new GraphError(
			2201,
			`(#2201) response does not match challenge, expected value="${expected}", received="${cut(received)}"`,
		),
};

function callbackFailed(errors: string) {
	return new GraphError(
		2200,
		`(#2200) Callback verification failed with the following errors: ${errors}`,
	);
}

/** What Meta shows of what it received: `<!DOCTYPE html>` as `\u003C!DOCTYPE html...`. */
function cut(received: string): string {
	const text = escapedText(received.slice(0, 40));
	return text.length > 20
		? `${text.slice(0, 19).replace(/\\u?[0-9a-fC]{0,3}$/, "")}...`
		: text;
}
