import type { TokenInfo } from "../../graph/debug-token.ts";
import { meaningOf } from "../../graph/error-table.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { loginNames, loginOfToken } from "../../graph/login.ts";
import type { ConfiguredToken, Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	sources,
	unknown,
	warn,
} from "./live-check.ts";

const newToken = "make a new token with: igwh init";
const readable = ["config.token", "app.secret", "token.host"] as const;
const good = [...readable, "token.valid", "token.expiry"] as const;
const day = 86_400_000;
/** A token that ends within this time is reported ahead. */
const soonDays = 7;

/** The access tokens: of the right kind, of this app, and for how long. */
export const tokenChecks: readonly LiveCheck[] = [
	{
		id: "token.host",
		title: "the tokens belong to the login in use",
		needs: ["config.token"],
		judge: judgeHost,
		fix: "put tokens that begin with IGAA into IGWH_INSTAGRAM_TOKEN, those that begin with EAA into IGWH_USER_TOKEN or IGWH_PAGE_TOKEN, and set IGWH_LOGIN to the one in use",
		why: "graph.facebook.com knows tokens of Facebook Login (EAA…) only, graph.instagram.com those of Instagram Login (IGAA…) only. A token at the wrong host is answered 190, cannot parse access token.",
		source: sources.webhooks,
	},
	{
		id: "token.valid",
		title: "Meta accepts the tokens",
		needs: readable,
		judge: (facts) =>
			facts.login === "instagram"
				? judgeOwnerToken(facts, "valid")
				: eachToken(facts, judgeValid),
		fix: newToken,
		why: "A token ends when the person changes the password, logs out, removes the app or loses the role on the page. Calls with it are answered 190.",
		source: sources.tokens,
	},
	{
		id: "token.expiry",
		title: `no token expires within ${soonDays} days`,
		needs: [...readable, "token.valid"],
		judge: (facts) =>
			facts.login === "instagram"
				? judgeOwnerToken(facts, "expiry")
				: eachToken(facts, judgeExpiry),
		fix: newToken,
		why: "Tokens of the login dialog end after an hour or two, exchanged ones after 60 days. Page tokens that come from a long-lived user token do not expire.",
		source: sources.tokens,
	},
	{
		id: "token.app",
		title: "the tokens were issued to this app",
		login: "facebook",
		needs: good,
		judge: (facts) =>
			eachToken(facts, ({ appId }) => {
				const own = facts.config.need("appId");
				return appId === own
					? pass(`of app ${appId}`)
					: fail(`it was issued to app ${appId}, not to ${own}`);
			}),
		fix: "make a token for this app in the Graph API Explorer: choose the app at the top right, or run igwh init",
		why: "A page is subscribed for the app whose token makes the call. With a token of another app, that other app receives the deliveries.",
		source: sources.tokens,
	},
	{
		id: "token.type",
		title: "IGWH_PAGE_TOKEN is a page token, IGWH_USER_TOKEN a user token",
		login: "facebook",
		needs: good,
		judge: (facts) => eachToken(facts, judgeType),
		fix: "put the user token into IGWH_USER_TOKEN; igwh init reads the page's own from it",
		why: "subscribed_apps of a page takes the page's own token. A user token is answered 210, a page access token is required.",
		source: sources.subscribedApps,
	},
	{
		id: "token.data-access",
		title: `access to the person's data does not end within ${soonDays} days`,
		login: "facebook",
		needs: good,
		judge: (facts) => eachToken(facts, judgeDataAccess),
		fix: "the person must log in to the app again: igwh init",
		why: "90 days after the person's last login, Meta ends the app's access to their data, although the token itself does not expire.",
		source: sources.tokens,
	},
];

function judgeHost({ login, config, tokens }: Facts): LiveJudgement {
	const misplaced = tokens.filter(
		({ token }) => loginOfToken(token) !== "facebook",
	);
	const instagram = config.secret("instagramToken");
	if (login === "facebook" && tokens.length === 0)
		return fail(
			"IGWH_LOGIN is facebook, but there is only a token of Instagram Login",
		);
	if (login === "facebook" && misplaced.length > 0)
		return fail(
			`${misplaced.map(({ setting }) => setting).join(" and ")} holds a token of Instagram Login`,
		);
	if (login === "instagram" && !instagram && misplaced.length === 0)
		return fail(
			"IGWH_LOGIN is instagram, but there is only a token of Facebook Login",
		);
	if (instagram && loginOfToken(instagram) !== "instagram")
		return fail("IGWH_INSTAGRAM_TOKEN holds a token of Facebook Login");
	return pass(loginNames[login]);
}

const gravity = ["fail", "warn", "unknown", "pass"] as const;

/** The worst judgement over the configured tokens, each named. */
async function eachToken(
	facts: Facts,
	judge: (
		info: TokenInfo,
		token: ConfiguredToken,
		facts: Facts,
	) => LiveJudgement,
): Promise<LiveJudgement> {
	const judged = await Promise.all(
		facts.tokens.map(async (token) => {
			const judgement = judge(await infoOf(token, facts), token, facts);
			return { ...judgement, detail: `${token.setting}: ${judgement.detail}` };
		}),
	);
	const worst = gravity.find((status) =>
		judged.some((judgement) => judgement.status === status),
	);
	const shown = judged.filter(({ status }) => status === worst);
	return {
		...(shown[0] as LiveJudgement),
		detail: shown.map(({ detail }) => detail).join("; "),
	};
}

/** Meta refuses to inspect a token of another app: that is what was to be found out. */
async function infoOf(
	token: ConfiguredToken,
	facts: Facts,
): Promise<TokenInfo> {
	try {
		return await facts.tokenInfo(token);
	} catch (error) {
		if (
			error instanceof GraphRefusal &&
			/did not match the Viewing App/.test(error.message)
		)
			return { valid: true, type: "", appId: "another", scopes: [] };
		throw error;
	}
}

const expired = 463;

function judgeValid({ valid, problem }: TokenInfo): LiveJudgement {
	if (valid) return pass("accepted");
	if (problem?.subcode === expired) return pass("read, but expired");
	if (!problem) return fail("Meta does not accept it");
	const { message, ...codes } = problem;
	const { hint } = meaningOf({
		...codes,
		message,
		status: 400,
		transient: false,
	});
	return fail(message, hint);
}

function judgeExpiry(
	{ problem, expiresAt }: TokenInfo,
	_: ConfiguredToken,
	{ world }: Facts,
): LiveJudgement {
	const now = world.clock.now();
	if (problem?.subcode === expired || (expiresAt && expiresAt <= now))
		return fail(`it expired${expiresAt ? ` on ${date(expiresAt)}` : ""}`);
	return expiresAt === undefined
		? pass("it does not expire")
		: endsOn("it expires", expiresAt, now);
}

function judgeDataAccess(
	{ dataAccessExpiresAt }: TokenInfo,
	_: ConfiguredToken,
	{ world }: Facts,
): LiveJudgement {
	const now = world.clock.now();
	if (dataAccessExpiresAt === undefined) return pass("it does not end");
	return dataAccessExpiresAt <= now
		? fail(`access to data ended on ${date(dataAccessExpiresAt)}`)
		: endsOn("access to data ends", dataAccessExpiresAt, now);
}

function endsOn(what: string, at: number, now: number): LiveJudgement {
	const detail = `${what} on ${date(at)}`;
	return at - now < soonDays * day ? warn(detail) : pass(detail);
}

function judgeType({ type }: TokenInfo, { setting }: ConfiguredToken) {
	if (type === "") return unknown("Meta does not name its type");
	const good =
		setting === "IGWH_PAGE_TOKEN"
			? type === "PAGE"
			: /^(SYSTEM_)?USER$/.test(type);
	return good ? pass(type) : fail(`it is a token of type ${type}`);
}

/** Instagram Login has no debug_token: reading the account shows what is wrong. */
async function judgeOwnerToken(
	{ owner }: Facts,
	about: "valid" | "expiry",
): Promise<LiveJudgement> {
	try {
		const { username, igUserId } = await owner();
		return pass(
			about === "valid"
				? `of ${username}, ${igUserId}`
				: "it has not expired; Meta does not say when it will: refresh it at least every 60 days",
		);
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.about !== "token")
			throw error;
		// A check of its own says which permission is missing.
		if (error.code === "permission") return pass("accepted");
		const hasExpired = error.subcode === expired;
		if (hasExpired !== (about === "expiry")) return pass("read, but expired");
		return fail(error.message, error.hint);
	}
}

function date(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}
