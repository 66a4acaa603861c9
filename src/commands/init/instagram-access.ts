import type { Settings } from "../../config/config.ts";
import type { Secret } from "../../config/secret.ts";
import {
	type InstagramOwner,
	readInstagramOwner,
} from "../../graph/accounts.ts";
import { exchangeInstagramToken } from "../../graph/exchange-token.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import type { App } from "./app.ts";
import type { CheckedRecord } from "./records.ts";
import { graphWith, hide, type Setup, secretAnswer } from "./setup.ts";

/** Instagram Login: the token is an account's own, and the Instagram app secret signs its deliveries. */
export async function* setUpInstagram(
	setup: Setup,
	app: App,
	typed: Secret,
): AsyncGenerator<CheckedRecord, Settings> {
	const token = await setup.answers.untilAccepted(["instagramAppSecret"], () =>
		longLived(setup, app, typed),
	);
	const owner = await readOwner(setup, app, token);
	const { igUserId, username, accountType } = owner;
	yield {
		type: "checked",
		what: "account",
		detail: `the token of Instagram Login works, for @${username} (${igUserId})`,
		...(/^(BUSINESS|MEDIA_CREATOR|)$/.test(accountType)
			? {}
			: { warning: `it is no professional account, but ${accountType}` }),
	};
	return {
		instagramToken: token.reveal(),
		instagramAppSecret: await setup.answers.get("instagramAppSecret"),
		igUserId,
	};
}

/** The account of a token, which proves that the token works. */
export function readOwner(
	setup: Setup,
	app: App,
	token: Secret,
): Promise<InstagramOwner> {
	return graphWith(setup, withToken(app, token))(readInstagramOwner());
}

/** Meta refuses to exchange a token that is long-lived already; it stays as it is. */
async function longLived(
	setup: Setup,
	app: App,
	token: Secret,
): Promise<Secret> {
	const secret = await secretAnswer(setup, "instagramAppSecret");
	try {
		return hide(
			setup,
			await graphWith(
				setup,
				withToken(app, token),
			)(exchangeInstagramToken(secret)),
		);
	} catch (error) {
		const isLongLived =
			error instanceof GraphRefusal &&
			error.code !== "rate-limit" &&
			error.status < 500 &&
			!/secret/i.test(error.message);
		if (!isLongLived) throw error;
		return token;
	}
}

function withToken(app: App, token: Secret): Settings {
	return {
		login: "instagram",
		appId: app.id,
		appSecret: app.secret.reveal(),
		instagramToken: token.reveal(),
	};
}
