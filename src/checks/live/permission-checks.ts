import { GraphRefusal } from "../../graph/graph-error.ts";
import { instagramFields } from "../../webhook/fields.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	sources,
	unknown,
} from "./live-check.ts";

const commenting = ["comments", "live_comments", "mentions"];
const insights = ["story_insights"];
/** The fields that arrive in `messaging[]` and `standby[]`. */
export const messagingFields = Object.entries(instagramFields)
	.filter(([, { container }]) => container !== "changes")
	.map(([name]) => name);

/** What the person granted; a check for each, which names the fields that stay silent without it. */
export const permissionChecks: readonly LiveCheck[] = [
	granted("instagram_basic", "the linked account cannot be read", [
		...commenting,
		...insights,
		...messagingFields,
	]),
	granted(
		"instagram_manage_comments",
		"comments cannot be read or answered",
		commenting,
	),
	granted(
		"instagram_manage_insights",
		"insights of stories cannot be read",
		insights,
	),
	granted(
		"instagram_manage_messages",
		"messages cannot be read or answered",
		messagingFields,
	),
	granted("pages_manage_metadata", "the page cannot be subscribed"),
	granted(
		"pages_read_engagement",
		"what the page's account received cannot be read",
	),
	granted("pages_show_list", "the person's pages are not listed"),
	{
		...instagramPermission("instagram_business_basic"),
		judge: judgeInstagramBasic,
	},
	{
		...instagramPermission("instagram_business_manage_comments"),
		fields: commenting,
	},
	{
		...instagramPermission("instagram_business_manage_messages"),
		fields: messagingFields,
	},
];

function granted(
	permission: string,
	without: string,
	fields?: readonly string[],
): LiveCheck {
	return {
		...common(permission),
		login: "facebook",
		...(fields && { fields }),
		needs: [
			"config.token",
			"app.secret",
			"token.host",
			"token.valid",
			"token.expiry",
			"token.app",
			"token.type",
		],
		judge: async (facts) => {
			const scopes = await grantedScopes(facts);
			if (scopes.includes(permission)) return pass("granted");
			const silent = facts.fields.filter(
				(field) => fields?.includes(field) ?? true,
			);
			return fail(
				`not granted: ${without}, and Meta delivers no ${silent.join(", ")}`,
			);
		},
	};
}

/** Meta has no call that lists what was granted with Instagram Login. */
function instagramPermission(permission: string): LiveCheck {
	return {
		...common(permission),
		login: "instagram",
		needs: ["config.token", "token.host", "token.valid", "token.expiry"],
		judge: () =>
			unknown(
				"Meta has no call that lists the permissions of Instagram Login; the login dialog shows them",
			),
	};
}

function common(permission: string) {
	return {
		id: `permission.${permission}` as LiveCheckId,
		title: `the person granted ${permission}`,
		fix: `log in again and grant ${permission}: igwh init; for accounts without a role in the app it also takes Advanced Access`,
		why: `The fourth of the seven conditions: the person must grant the app the permission of each field. Meta is silent about fields whose permission was declined, or removed later in the person's settings.`,
		source: sources.webhooks,
	};
}

/** Those of the token that subscribes the page. */
async function grantedScopes({ tokens, tokenInfo }: Facts): Promise<string[]> {
	const [first] = tokens;
	if (!first) throw new TypeError("no token is configured");
	return (await tokenInfo(first)).scopes;
}

/** Reading the account's subscription takes it. */
async function judgeInstagramBasic({
	subscribedFields,
}: Facts): Promise<LiveJudgement> {
	try {
		await subscribedFields();
		return pass("granted");
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.code !== "permission")
			throw error;
		return fail(error.message);
	}
}
