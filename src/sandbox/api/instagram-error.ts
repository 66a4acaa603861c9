import { GraphError } from "./graph-error.ts";

/**
 * The refusal as graph.instagram.com shapes it: what concerns the request is an
 * `IGApiException` without the code in the message, what concerns the token
 * stays an `OAuthException`. See README.md, "Errors".
 */
export function asInstagramError(error: GraphError): GraphError {
	const { code, message, status, subcode } = error;
	if (!requestCodes.has(code)) return error;
	return new GraphError(code, message.replace(/^\(#\d+\) /, ""), {
		type: "IGApiException",
		status,
		...(subcode !== undefined && { subcode }),
	});
}

const requestCodes = new Set([3, 10, 100, 200, 803, 2500]);

export const instagramErrors = {
	noToken: () =>
		new GraphError(190, "Invalid OAuth 2.0 Access Token", {
			type: "IGApiException",
			data: {},
		}),
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
