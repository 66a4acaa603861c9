import type { Settings } from "../config/config.ts";

/** The port of `igwh sandbox`. */
export const sandboxPort = 7302;

/**
 * Where the sandbox serves graph.instagram.com: `/instagram/me` is that host's
 * `/me`. Everything else is graph.facebook.com.
 */
export const instagramPath = "/instagram";

/**
 * What every sandbox accepts. The shapes are Meta's (a 32-digit secret, tokens
 * that start with EAA or IGAA), the values are worthless anywhere else.
 */
export const sandboxCredentials = {
	appId: "1000000000000001",
	appSecret: "5a4db0c55a4db0c55a4db0c55a4db0c5",
	instagramAppSecret: "165a4db0c5165a4db0c5165a4db0c516",
	verifyToken: "igwh-sandbox-verify-token",
	pageId: "1755847768034402",
	pageToken: "EAASandboxPageToken",
	userToken: "EAASandboxUserToken",
	igUserId: "17841405726653026",
} as const;

/** The settings that `--sandbox` stands for. */
export const sandboxSettings: Settings = {
	...sandboxCredentials,
	instagramToken: "IGAASandboxInstagramToken",
	graphUrl: `http://127.0.0.1:${sandboxPort}`,
};

/** The same app and account by Instagram Login; its secret is `instagramAppSecret`. */
export const sandboxInstagramLogin = {
	/** Stands for `https://graph.instagram.com`. */
	graphUrl: `http://127.0.0.1:${sandboxPort}${instagramPath}`,
	appId: "1000000000000002",
	/** The long-lived token of the account `igUserId`. */
	token: "IGAASandboxInstagramToken",
} as const;

/** More tokens every sandbox knows: the second page's, and some that fail. */
export const practiceTokens = {
	/** The page linked to account 17841405309211844. */
	secondPage: "EAASandboxSecondPageToken",
	/** A user token that is good for an hour; it can be exchanged for a long-lived one. */
	shortLived: "EAASandboxShortLivedUserToken",
	/** A user token that ran out a day before the sandbox started: 190/463. */
	expired: "EAASandboxExpiredUserToken",
	/** A token of the first page whose person granted nothing: 200. */
	withoutPermissions: "EAASandboxPageTokenWithoutPermissions",
	/** Of Instagram Login, for account 17841405309211844. */
	secondInstagram: "IGAASandboxSecondInstagramToken",
	/** Good for an hour; `ig_exchange_token` makes a long-lived one of it. */
	shortLivedInstagram: "IGAASandboxShortLivedInstagramToken",
	/** Expired a day before the sandbox started: 190/463. */
	expiredInstagram: "IGAASandboxExpiredInstagramToken",
	/** The person granted nothing to it: 10. */
	instagramWithoutPermissions: "IGAASandboxInstagramTokenWithoutPermissions",
} as const;
