import { Secret } from "../config/secret.ts";
import { asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

interface Exchange {
	token: Secret;
	appId: string;
	appSecret: Secret;
}

/** A token of about 60 days for a short-lived one of Facebook Login (webhook/README: Tokens). */
export function exchangeUserToken({
	token,
	appId,
	appSecret,
}: Exchange): GraphCall<Secret> {
	return {
		method: "GET",
		path: "/oauth/access_token",
		parameters: {
			grant_type: "fb_exchange_token",
			client_id: appId,
			client_secret: appSecret.reveal(),
			fb_exchange_token: token.reveal(),
		},
		token: "app",
		read: ({ access_token }) => new Secret(asString(access_token)),
	};
}

/**
 * The same for a token of Instagram Login, which the call itself carries. Meta
 * refuses it for a token that is long-lived already.
 */
export function exchangeInstagramToken(
	instagramAppSecret: Secret,
): GraphCall<Secret> {
	return {
		method: "GET",
		path: "/access_token",
		parameters: {
			grant_type: "ig_exchange_token",
			client_secret: instagramAppSecret.reveal(),
		},
		token: "user",
		read: ({ access_token }) => new Secret(asString(access_token)),
	};
}
