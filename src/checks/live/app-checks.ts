import { GraphRefusal } from "../../graph/graph-error.ts";
import { fieldsOfLogin } from "../../graph/login.ts";
import { writeAppSubscription } from "../../graph/subscriptions.ts";
import { instagramFields } from "../../webhook/fields.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	type Repair,
	sources,
	warn,
} from "./live-check.ts";

const subscribed = [
	"config.app",
	"app.secret",
	"app.object",
	"app.subscription",
] as const;

/** The app's own side: its secret, and its subscription to the `instagram` object. */
export const appChecks: readonly LiveCheck[] = [
	{
		id: "app.secret",
		title: "the app's id and secret belong together",
		needs: ["config.app"],
		judge: judgeSecret,
		fix: "copy App ID and App secret from the App Dashboard, App settings, Basic; after a reset of the secret, deploy the new one to your receiver too",
		why: "Meta accepts <app id>|<app secret> as the app's token only where both are of the same app. A reset secret also changes the signature of every delivery from that moment.",
		source: sources.subscriptions,
	},
	{
		id: "app.object",
		title: "the object that is subscribed is instagram",
		needs: ["config.app", "app.secret"],
		judge: judgeObject,
		fix: "subscribe the instagram object: igwh subscribe --callback <url>, or in the App Dashboard choose Instagram, not Page or User, in the list above the fields",
		why: "An app has one callback for each object: user, page, instagram. The dashboard shows them on one page, and comments subscribed under Page are those of Facebook.",
		source: sources.subscriptions,
	},
	{
		id: "app.subscription",
		title: "the app is subscribed to the instagram object",
		needs: ["config.app", "app.secret", "app.object"],
		judge: async ({ subscription, subscriptions }) =>
			(await subscriptions()).has("instagram")
				? pass(`it sends to ${(await subscription()).callbackUrl}`)
				: fail("the app has no subscription to the instagram object"),
		fix: "igwh subscribe --callback <url>, or while you develop: igwh listen --subscribe",
		why: "The first of the seven conditions: Instagram webhooks are configured for the app, with a callback URL and fields. Deliveries of every account go to this one URL.",
		source: sources.webhooks,
	},
	{
		id: "app.active",
		title: "the app's subscription is active",
		needs: subscribed,
		judge: async ({ subscription }) =>
			(await subscription()).active
				? pass("active")
				: fail("the subscription is inactive: Meta sends nothing"),
		fix: "igwh subscribe --callback <url> makes it active again",
		why: "Meta marks a subscription inactive where it disabled it. Setting the callback again, with a handshake that succeeds, makes it active.",
		source: sources.subscriptions,
		repair: rewriteSubscription,
	},
	{
		id: "app.fields",
		title: "the app is subscribed to the fields",
		needs: subscribed,
		judge: judgeFields,
		fix: "igwh subscribe --callback <url> --instagram-fields <names>",
		why: "Only subscribed fields are delivered: comments, live_comments, mentions, story_insights, and the fields of messaging. The list is the app's, for all of its accounts.",
		source: sources.webhooks,
		repair: rewriteSubscription,
	},
];

async function judgeSecret({ app, config }: Facts): Promise<LiveJudgement> {
	try {
		return pass(`app ${config.need("appId")}, ${(await app()).name}`);
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.code !== "token") throw error;
		return fail(error.message);
	}
}

/** Another object in the place of `instagram` is a mistake, beside it it is not. */
async function judgeObject({ subscriptions }: Facts): Promise<LiveJudgement> {
	const all = await subscriptions();
	const others = [...all.keys()].filter((object) => object !== "instagram");
	if (all.has("instagram") || others.length === 0)
		return pass(
			others.length > 0
				? `instagram, and besides it ${others.join(", ")}`
				: "no other object is subscribed",
		);
	return fail(
		`the app is subscribed to ${others.join(", ")}, but not to instagram`,
	);
}

async function judgeFields({
	subscription,
	fields,
	fieldsNamed,
	login,
}: Facts): Promise<LiveJudgement> {
	const present = (await subscription()).fields;
	const wanted = fieldsOfLogin(fields, login);
	const missing = wanted.filter((field) => !present.includes(field));
	const list = missing.join(", ");
	if (missing.length === 0) return pass(present.join(", "));
	if (present.length === 0) return fail("it is subscribed to no field");
	return fieldsNamed
		? fail(`it is not subscribed to ${list}`)
		: warn(`it sends ${present.join(", ")}, but not ${list}`);
}

/** The same callback, with what is missing. Meta verifies the callback again. */
async function rewriteSubscription({
	config,
	graph,
	subscription,
	fields,
	login,
}: Facts): Promise<Repair | undefined> {
	const verifyToken = config.get("verifyToken");
	if (verifyToken === undefined) return undefined;
	const { callbackUrl, fields: present, includeValues } = await subscription();
	const known = present.filter((name) => Object.hasOwn(instagramFields, name));
	const call = writeAppSubscription(config.need("appId"), {
		callbackUrl,
		verifyToken,
		includeValues,
		fields: [...new Set([...known, ...fieldsOfLogin(fields, login)])],
	});
	return { call, make: () => graph(call) };
}
