import { GraphError } from "./graph-error.ts";

/**
 * The refusal as graph.instagram.com shapes it: what concerns the request is an
 * `IGApiException` without the code in the message, what concerns the token
 * stays an `OAuthException`. See README.md, "Errors".
 */
export function asInstagramError(error: GraphError): GraphError {
	const { code, message, status, subcode } = error;
	if (!requestCodes.has(code) || error instanceof InstagramOauthError)
		return error;
	const bare = message
		.replace(/^\(#\d+\) /, "")
		.replace(/ is required\.$/, " is required");
	return new GraphError(code, bare, {
		type: "IGApiException",
		status,
		...(subcode !== undefined && { subcode }),
	});
}

/** A refusal of api.instagram.com, which has a shape of its own. */
export class InstagramOauthError extends GraphError {
	constructor({ code, message, status }: GraphError) {
		super(code, message, { status });
	}

	override envelope() {
		return {
			error_type: this.type,
			code: this.status,
			error_message: this.message.replace(/^\(#\d+\) /, ""),
		};
	}
}

const requestCodes = new Set([3, 10, 100, 200, 803, 2500]);

export const instagramErrors = {
	noToken: () =>
		new GraphError(190, "Invalid OAuth 2.0 Access Token", {
			type: "IGApiException",
			data: {},
		}),
	invalidPlatformApp: () => new GraphError(101, "Invalid platform app"),
	/** What a long-lived token gets for `ig_exchange_token`. */
	notShortLived: () =>
		new GraphError(
			452,
			"Session key invalid. This could be because the session key has an incorrect format, or because the user has revoked this session",
		),
	/** Meta documents the rule, not the words. */
	tooYoung: () =>
		new GraphError(
			100,
			"The access token must be at least 24 hours old to be refreshed",
			{ type: "IGApiException" },
		),
};
