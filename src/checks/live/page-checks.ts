import { fieldsOfLogin } from "../../graph/login.ts";
import {
	writeAccountSubscription,
	writePageSubscription,
} from "../../graph/subscribed-apps.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	type Repair,
	sources,
	unknown,
	warn,
} from "./live-check.ts";

const token: readonly LiveCheckId[] = [
	"config.token",
	"app.secret",
	"token.host",
	"token.valid",
	"token.expiry",
	"token.app",
	"token.type",
];
const ownToken: readonly LiveCheckId[] = [
	"config.token",
	"token.host",
	"token.valid",
	"token.expiry",
];

/** The page with its account, or with Instagram Login the account alone. */
export const pageChecks: readonly LiveCheck[] = [
	{
		id: "page.token",
		title: "the page token is that of the configured page",
		login: "facebook",
		needs: token,
		judge: judgePageToken,
		fix: "put the token of the configured page into IGWH_PAGE_TOKEN, or that page's id into IGWH_PAGE_ID; igwh init lists both",
		why: "A page token acts for one page. With another page's token, the wrong page is subscribed, and its account's events arrive instead.",
		source: sources.subscribedApps,
	},
	{
		id: "page.linked",
		title: "the page is linked to an Instagram professional account",
		login: "facebook",
		needs: [...token, "permission.instagram_basic", "page.token"],
		judge: judgeLinked,
		fix: "link the account in the page's settings, Linked accounts, after switching it to a business or creator account in the Instagram app",
		why: "Meta delivers for professional accounts only, and with Facebook Login only through the page they are linked to. A page without instagram_business_account has none, or the person's role does not show it.",
		source: sources.webhooks,
	},
	{
		id: "page.account",
		title: "the linked account is the configured one",
		login: "facebook",
		needs: [
			...token,
			"permission.instagram_basic",
			"page.token",
			"page.linked",
		],
		judge: judgeAccount,
		fix: "set IGWH_IG_USER_ID to the account's id, 17841…; igwh init lists it",
		why: "Deliveries name the account in entry.id by this id. The id that Instagram shows elsewhere, and a page's id, are other numbers.",
		source: sources.webhooks,
	},
	{
		id: "account.type",
		title: "the account is a professional one",
		login: "instagram",
		needs: [...ownToken, "permission.instagram_business_basic"],
		judge: async ({ owner }) => {
			const { accountType } = await owner();
			if (!accountType) return unknown("Meta does not name its type");
			return /^(BUSINESS|MEDIA_CREATOR)$/.test(accountType)
				? pass(accountType)
				: fail(`its type is ${accountType}`);
		},
		fix: "switch to a business or creator account in the Instagram app: Settings, Account type and tools",
		why: "Meta delivers for professional accounts only: business and creator.",
		source: sources.webhooks,
	},
	{
		id: "account.id",
		title: "the token's account is the configured one, by the id of deliveries",
		login: "instagram",
		needs: [...ownToken, "permission.instagram_business_basic"],
		judge: judgeAccountId,
		fix: "set IGWH_IG_USER_ID to the user_id of /me, 17841…",
		why: "With Instagram Login, /me has two ids: user_id, which deliveries carry in entry.id, and id, which this app alone knows the account by. Comparing deliveries with id matches none.",
		source: sources.webhooks,
	},
	{
		id: "page.subscription",
		title: "the page has the app among its subscribed apps",
		login: "facebook",
		needs: [
			...token,
			"permission.pages_manage_metadata",
			"page.token",
			"delivery.disabled",
		],
		judge: async (facts) =>
			judgeSubscribed(
				await facts.subscribedFields(),
				`page ${await facts.pageId()}`,
			),
		fix: "igwh subscribe",
		why: "The fifth of the seven conditions: fields configured in the dashboard are not enough, every page must have the app in its subscribed_apps. Any page field, such as feed, turns the account's Instagram events on.",
		source: sources.subscribedApps,
		repair: repairPage,
	},
	{
		id: "account.subscription",
		title: "the account has the app among its subscribed apps",
		login: "instagram",
		needs: [
			...ownToken,
			"permission.instagram_business_basic",
			"delivery.disabled",
		],
		judge: async (facts) =>
			judgeSubscribed(
				await facts.subscribedFields(),
				`account ${(await facts.owner()).username}`,
			),
		fix: "igwh subscribe",
		why: "Every account must have the app in its subscribed_apps. Whichever field it names, Meta delivers all fields that the app is subscribed to.",
		source: sources.webhooks,
		repair: repairAccount,
	},
];

async function judgePageToken({
	config,
	tokenPageId,
}: Facts): Promise<LiveJudgement> {
	if (!config.secret("pageToken"))
		return pass("the user token gives access to every page's own token");
	const belongsTo = await tokenPageId();
	const wanted = config.get("pageId") ?? belongsTo;
	return belongsTo === wanted
		? pass(`of page ${wanted}`)
		: fail(`it belongs to page ${belongsTo}, not to ${wanted}`);
}

async function judgeLinked(facts: Facts): Promise<LiveJudgement> {
	const { name, igUserId, connectedId } = await facts.page();
	if (igUserId) return pass(`${name} is linked to account ${igUserId}`);
	return fail(
		connectedId
			? `${name} is linked to account ${connectedId}, which is not a professional account`
			: `${name} is linked to no Instagram account`,
	);
}

async function judgeAccount({ page, config }: Facts): Promise<LiveJudgement> {
	const { igUserId } = await page();
	const configured = config.get("igUserId");
	if (configured === undefined)
		return warn("IGWH_IG_USER_ID not set", `set IGWH_IG_USER_ID=${igUserId}`);
	return configured === igUserId
		? pass(configured)
		: fail(
				`IGWH_IG_USER_ID is ${configured}, but the page's account is ${igUserId}`,
				`set IGWH_IG_USER_ID=${igUserId}, or the page that is linked to ${configured}`,
			);
}

async function judgeAccountId({
	owner,
	config,
}: Facts): Promise<LiveJudgement> {
	const { igUserId, appScopedId, username } = await owner();
	const configured = config.get("igUserId");
	const fix = `set IGWH_IG_USER_ID=${igUserId}`;
	if (configured === igUserId) return pass(`${username}, ${igUserId}`);
	if (configured === undefined) return warn("IGWH_IG_USER_ID not set", fix);
	return configured === appScopedId
		? fail(`${configured} is the account's id for this app alone`, fix)
		: fail(
				`the token belongs to ${username}, ${igUserId}, not to ${configured}`,
			);
}

function judgeSubscribed(
	fields: readonly string[],
	target: string,
): LiveJudgement {
	return fields.length > 0
		? pass(`${target} sends ${fields.join(", ")}`)
		: fail(`${target} does not have the app among its subscribed apps`);
}

async function repairPage({
	graph,
	pageId,
	pageToken,
}: Facts): Promise<Repair> {
	const call = writePageSubscription(await pageId(), ["feed"]);
	const token = await pageToken();
	return { call, make: () => graph(call, token) };
}

async function repairAccount({ graph, owner, fields }: Facts): Promise<Repair> {
	const { igUserId } = await owner();
	const call = writeAccountSubscription(
		igUserId,
		fieldsOfLogin(fields, "instagram"),
	);
	return { call, make: () => graph(call) };
}
