import type { Settings } from "../../config/config.ts";
import { Secret } from "../../config/secret.ts";
import type { Page } from "../../graph/accounts.ts";
import { debugToken, type TokenInfo } from "../../graph/debug-token.ts";
import { exchangeUserToken } from "../../graph/exchange-token.ts";
import { loginOfToken } from "../../graph/login.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { App } from "./app.ts";
import { choosePage } from "./choose-page.ts";
import { readOwner, setUpInstagram } from "./instagram-access.ts";
import { readPages, setUpTokensPage } from "./page.ts";
import { permissions } from "./questions.ts";
import type { CheckedRecord } from "./records.ts";
import { graphWith, hide, type Setup, secretAnswer } from "./setup.ts";

/** A token that Meta calls good, and what it says of it. */
interface GoodToken {
	token: Secret;
	info: TokenInfo;
	/** It was exchanged for a token that lives longer. */
	exchanged?: boolean;
	/** What a user token sees; at least one of them has an account. */
	pages?: Page[];
}

/**
 * The token, whichever of the three it is, and what belongs to it.
 * @returns the settings to save
 */
export async function* setUpAccess(
	setup: Setup,
	app: App,
): AsyncGenerator<CheckedRecord, Settings> {
	const found = await setup.answers.untilAccepted(["userToken"], async () => {
		const token = await secretAnswer(setup, "userToken");
		if (loginOfToken(token) === "instagram") {
			await readOwner(setup, app, token);
			return token;
		}
		const good = await inspect(token, setup, app);
		return withPages(await longLived(good, setup, app), setup, app);
	});
	if (found instanceof Secret) return yield* setUpInstagram(setup, app, found);
	const { token, pages } = found;
	yield tokenRecord(found);
	if (!pages) return yield* setUpTokensPage(setup, app, token);
	const page = await choosePage(setup, pages);
	const values = yield* setUpTokensPage(setup, app, page.token, page.name);
	return { ...values, userToken: token.reveal() };
}

/** @throws IgwhError `token` for one that does not work, or works for another app */
async function inspect(
	token: Secret,
	setup: Setup,
	app: App,
): Promise<GoodToken> {
	const info = await graphFor(setup, app)(debugToken(token));
	const problem = problemWith(info, app);
	if (problem === undefined) return { token, info };
	throw new IgwhError(
		"token",
		problem,
		"make a new one in the Graph API Explorer, for this app",
	);
}

function problemWith(
	{ valid, appId, type, problem }: TokenInfo,
	app: App,
): string | undefined {
	if (!valid)
		return `Meta refuses the token: ${problem?.message ?? "it is not valid"}`;
	if (appId !== app.id)
		return `the token belongs to app ${appId}, not to ${app.id}`;
	return type === "APP"
		? "that is the app's own token, which sees no pages"
		: undefined;
}

async function withPages(
	good: GoodToken,
	setup: Setup,
	app: App,
): Promise<GoodToken> {
	if (good.info.type === "PAGE") return good;
	return { ...good, pages: await readPages(setup, app, good.token) };
}

/** Exchanges a user token that expires within a day. */
async function longLived(
	good: GoodToken,
	setup: Setup,
	app: App,
): Promise<GoodToken> {
	const { expiresAt, type } = good.info;
	const soon = setup.world.clock.now() + oneDay;
	if (type !== "USER" || expiresAt === undefined || expiresAt > soon)
		return good;
	const graph = graphFor(setup, app);
	const exchanged = hide(
		setup,
		await graph(
			exchangeUserToken({
				token: good.token,
				appId: app.id,
				appSecret: app.secret,
			}),
		),
	);
	return { ...(await inspect(exchanged, setup, app)), exchanged: true };
}

const oneDay = 86_400_000;

function graphFor(setup: Setup, app: App) {
	return graphWith(setup, {
		login: "facebook",
		appId: app.id,
		appSecret: app.secret.reveal(),
	});
}

function tokenRecord({ info, exchanged }: GoodToken): CheckedRecord {
	const kind = info.type.toLowerCase().replace("_", " ");
	const warning = warningsAbout(info).join("; ");
	const end =
		info.expiresAt === undefined
			? "it does not expire"
			: `good until ${new Date(info.expiresAt).toISOString().slice(0, 10)}`;
	return {
		type: "checked",
		what: "token",
		detail: `the ${kind} token works${exchanged ? ", exchanged for a long-lived one" : ""}, ${end}`,
		...(warning && { warning }),
	};
}

function warningsAbout({ type, expiresAt, scopes }: TokenInfo): string[] {
	const lacking = permissions.filter((name) => !scopes.includes(name));
	return [
		...(lacking.length > 0
			? [`it lacks ${lacking.join(", ")}: add them in the Graph API Explorer`]
			: []),
		...(type === "PAGE" && expiresAt !== undefined
			? ["a user token gives a page token that does not expire"]
			: []),
	];
}
