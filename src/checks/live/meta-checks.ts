import { GraphRefusal } from "../../graph/graph-error.ts";
import { asIgwhError } from "../../igwh-error.ts";
import type { LiveCheckId } from "./check-ids.ts";
import { liveDeliveries, testDeliveries } from "./delivery-checks.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveFinding,
	type LiveJudgement,
	pass,
	sources,
	unknown,
	warn,
} from "./live-check.ts";
import { messagingFields } from "./permission-checks.ts";

/** Meta's side: the clock, the versions, the business, and what no API says. */
export const metaChecks: readonly LiveCheck[] = [
	{
		id: "clock.skew",
		title: "this machine's clock is right",
		needs: ["config.app", "app.secret"],
		judge: judgeClock,
		fix: "set the clock: turn on time synchronisation (NTP)",
		why: "Certificates and the expiry of tokens are judged by this machine's clock. With a wrong one, both look broken, or good, when they are not.",
		source: sources.tokens,
	},
	{
		id: "business.verified",
		title: "the business behind the page is verified",
		needs: [
			"config.token",
			"app.secret",
			"token.host",
			"token.valid",
			"token.expiry",
			"token.app",
			"token.type",
			"page.token",
		],
		judge: judgeBusiness,
		fix: "verify the business: Meta Business Suite, Settings, Security Center",
		why: "The sixth of the seven conditions: the business linked to the page must be verified. Reading it takes business_management.",
		source: sources.webhooks,
	},
	{
		id: "app.live",
		title: "the app is in Live mode",
		last: true,
		judge: (facts, others) =>
			judgeAnswer("app.live", facts) ?? inferMode(facts, others),
		question: "Is the app in Live mode? (App Dashboard, at the top: App Mode)",
		fix: "switch the app to Live: App Dashboard, at the top, App Mode. It takes a privacy policy URL",
		why: "The second of the seven conditions, for consumer apps. In development mode, Meta delivers Test events, and nothing of accounts without a role in the app. No call of the Graph API shows the mode.",
		source: sources.webhooks,
	},
	{
		id: "access.advanced",
		title: "the permissions have Advanced Access",
		last: true,
		judge: (facts) =>
			judgeAnswer("access.advanced", facts) ??
			unknown("no call of the Graph API shows the access level"),
		question:
			"Do the permissions have Advanced Access? (App Dashboard, App Review, Permissions and Features)",
		fix: "ask for Advanced Access: App Dashboard, App Review, Permissions and Features; until then only accounts with a role in the app may deliver",
		why: "The third of the seven conditions, for business apps. comments and live_comments are not delivered without App Review. Meta's documents disagree on whether Standard Access is enough for accounts of people with a role in the app.",
		source: sources.webhooks,
	},
	{
		id: "access.messages",
		title: "the account lets connected tools read its messages",
		last: true,
		fields: messagingFields,
		judge: (facts) =>
			judgeAnswer("access.messages", facts) ??
			unknown("no call of the Graph API shows it"),
		question:
			"Is Allow access to messages on? (Instagram app, Settings, Messages, Connected tools)",
		fix: "turn on Allow access to messages: Instagram app, Settings, Messages, Connected tools",
		why: "Messages and all other fields of messaging are delivered only where the account has this switch on.",
		source: sources.webhooks,
	},
	{
		id: "media.public",
		title: "the owners of the media are public accounts",
		last: true,
		judge: () =>
			unknown(
				"Meta says nothing about media of private accounts: their comments and mentions never arrive",
			),
		fix: "test with media of a public account",
		why: "The seventh of the seven conditions: the owner of the media on which a comment or mention appears must not be private. Meta is silent about private media, for every app.",
		source: sources.webhooks,
	},
	{
		id: "version.supported",
		title: "the configured API version is supported",
		judge: judgeVersion,
		fix: "set IGWH_API_VERSION to a newer version, and read Meta's changelog for what it changes",
		why: "A version lives about two years. After that Meta serves calls by the oldest version that is left, without an error.",
		source: sources.versions,
	},
	{
		id: "version.served",
		title: "Meta serves the configured version",
		needs: ["config.app", "app.secret", "version.supported"],
		judge: async ({ app, config }) => {
			const { servedVersion } = await app();
			const wanted = config.get("apiVersion");
			if (!servedVersion)
				return unknown("the answer does not name its version");
			return servedVersion === wanted
				? pass(servedVersion)
				: warn(`asked for ${wanted}, served by ${servedVersion}`);
		},
		fix: "set IGWH_API_VERSION to the version that is served",
		why: "The facebook-api-version header names the version that really served a call. It differs where the configured one has ended, or is not out yet.",
		source: sources.versions,
	},
];

const skewedMs = 60_000;
const wrongMs = 300_000;

async function judgeClock({ app, world }: Facts): Promise<LiveJudgement> {
	const { date } = await app();
	if (date === undefined) return unknown("the answer does not name its date");
	const skew = Math.abs(world.clock.now() - date);
	const detail = `it differs from Meta's by ${Math.round(skew / 1000)} s`;
	if (skew > wrongMs) return fail(detail);
	return skew > skewedMs ? warn(detail) : pass(detail);
}

async function judgeBusiness({
	business,
	login,
}: Facts): Promise<LiveJudgement> {
	if (login === "instagram")
		return unknown(
			"it is read through a page, which Instagram Login does not have",
		);
	let found: Awaited<ReturnType<Facts["business"]>>;
	try {
		found = await business();
	} catch (error) {
		const { code, message } = asIgwhError(error);
		if (code === "bug" || code === "network") throw error;
		return unknown(`Meta does not show it: ${message}`);
	}
	if (!found?.verification)
		return unknown(
			"the page shows no business, or business_management is not granted",
		);
	return found.verification === "verified"
		? pass(found.name)
		: fail(`${found.name}: ${found.verification}`);
}

/** What the person said is reported as said, never as passed. */
function judgeAnswer(
	id: LiveCheckId,
	{ answers }: Facts,
): LiveJudgement | undefined {
	const answer = answers[id];
	if (answer?.yes === undefined) return undefined;
	const on = answer.at.slice(0, 10);
	return answer.yes
		? unknown(`you said yes on ${on}; no API confirms it`)
		: fail(`you said no on ${on}`);
}

/** Everything else is right, and only Test events arrive: that is what development mode looks like. */
function inferMode(
	facts: Facts,
	others: readonly LiveFinding[],
): LiveJudgement {
	const closed = others.some(({ judgement }) => judgement.status === "fail");
	if (liveDeliveries(facts).length > 0)
		return unknown(
			"no call of the Graph API shows it; live deliveries have arrived",
		);
	if (closed || testDeliveries(facts).length === 0)
		return unknown("no call of the Graph API shows it");
	return warn(
		"every gate that can be read is open and only Test events arrived: the app is probably in development mode, or its permissions have Standard Access",
	);
}

/** When versions end, as far as Meta has announced it (webhook/README: Versions). */
const endsOn: Readonly<Record<string, string>> = {
	"v19.0": "2026-05-21",
	"v20.0": "2026-09-24",
	"v21.0": "2027-01-21",
	"v22.0": "2027-05-20",
	"v23.0": "2027-10-08",
	"v24.0": "2028-02-18",
	"v25.0": "2028-07-29",
};
const oldestListed = 19;
const ninetyDays = 90 * 86_400_000;

async function judgeVersion(facts: Facts): Promise<LiveJudgement> {
	const { config, world } = facts;
	const version = config.get("apiVersion");
	const end = endsOn[version];
	if (Number.parseInt(version.slice(1), 10) < oldestListed)
		return fail(`${version} has ended`);
	if (end === undefined) return judgeNewVersion(version, facts);
	const left = Date.parse(end) - world.clock.now();
	if (left <= 0) return fail(`${version} ended on ${end}`);
	return left < ninetyDays
		? warn(`${version} ends on ${end}`)
		: pass(`${version} lives until ${end}`);
}

/** A version that this table does not know may be out by now: Meta's answer tells. */
async function judgeNewVersion(
	version: string,
	{ app, config }: Facts,
): Promise<LiveJudgement> {
	if (!config.get("appId") || !config.secret("appSecret"))
		return unknown(`${version} is newer than this igwh`);
	try {
		await app();
	} catch (error) {
		if (!(error instanceof GraphRefusal)) throw error;
		if (error.graphCode === 2500) return fail(`Meta has no ${version}`);
	}
	return pass(`${version}; its end is not announced`);
}
