import { IgwhError } from "../../igwh-error.ts";
import {
	defaultInstagramFields,
	instagramFields,
	instagramLoginFields,
} from "../../webhook/fields.ts";
import {
	type Account,
	loginOf,
	pageOfAccount,
	type SandboxState,
} from "../simulation/state.ts";
import type { Gate, GateState } from "./gate.ts";
import { type GateId, gateIds } from "./gate-ids.ts";

interface GateRule {
	/** What is missing, or nothing where the gate is open. */
	closed(state: SandboxState, account: Account, field: string): string | false;
	fix: string;
	/** The fix for one account, where it names something of it. */
	fixFor?(state: SandboxState, account: Account): string | undefined;
	/** Puts the world into a state where it is closed. */
	close(state: SandboxState): void;
	/** The inverse. Returns false where that takes more than a switch. */
	open(state: SandboxState): unknown;
}

/** Whether a field is about media, which has an owner; messages are not. */
function isCommenting(field: string): boolean {
	return ["comments", "live_comments", "mentions"].includes(field);
}

/** The gates a change passes before Meta delivers it (README: Gates), in the order to look at them. */
const rules: Readonly<Record<GateId, GateRule>> = {
	"app-subscription": {
		closed: ({ subscriptions }) => {
			const subscription = subscriptions.get("instagram");
			if (!subscription)
				return "the app has no subscription to the instagram object";
			return (
				subscription.inactive === true && "the app's subscription is inactive"
			);
		},
		fix: "igwh subscribe --callback <url>",
		close: closeSubscription,
		open: openSubscription,
	},
	"field-subscription": {
		closed: ({ subscriptions }, _, field) =>
			!subscriptions
				.get("instagram")
				?.fields.some(({ name }) => name === field) &&
			`the app is not subscribed to the field ${field}`,
		fix: "igwh subscribe --callback <url>, with this field among its Instagram fields",
		close: closeSubscription,
		open: openSubscription,
	},
	"page-subscription": {
		closed: (state, { id }, field) => {
			if (loginOf(state, id) === "instagram")
				return (
					!instagramLoginFields[field] &&
					`the account is subscribed through Instagram Login, which does not deliver ${field}`
				);
			const page = pageOfAccount(state, id);
			if (!page) return "no page is linked to the account";
			return (
				page.subscribedFields === undefined &&
				`page ${page.id} does not have the app among its subscribed apps`
			);
		},
		fix: "igwh subscribe <page-id>",
		fixFor: (state, { id }) => {
			const page = pageOfAccount(state, id);
			return page && `igwh subscribe ${page.id}`;
		},
		close: ({ pages, accounts }) => {
			for (const page of pages.values()) delete page.subscribedFields;
			for (const account of accounts.values()) delete account.subscribedFields;
		},
		open: ({ pages }) => {
			for (const page of pages.values()) page.subscribedFields ??= ["feed"];
		},
	},
	permission: {
		closed: (state, { id }, field) => {
			const [fields, granted] =
				loginOf(state, id) === "instagram"
					? [instagramLoginFields, state.instagramPermissions]
					: [instagramFields, state.permissions];
			const missing = fields[field]?.permissions.filter(
				(permission) => granted.get(permission) !== "granted",
			);
			return (
				!!missing?.length &&
				`the account did not grant ${missing.join(", ")} to the app`
			);
		},
		fix: "log in again and grant it: igwh init",
		close: ({ permissions, instagramPermissions }) => {
			permissions.set("instagram_manage_comments", "declined");
			permissions.set("instagram_manage_insights", "declined");
			permissions.set("instagram_manage_messages", "declined");
			instagramPermissions.set(
				"instagram_business_manage_comments",
				"declined",
			);
		},
		open: ({ permissions, instagramPermissions }) => {
			for (const granted of [permissions, instagramPermissions])
				for (const name of granted.keys()) granted.set(name, "granted");
		},
	},
	"app-live": {
		closed: ({ app }) => !app.live && "the app is in development mode",
		fix: "switch the app to Live in the App Dashboard",
		close: ({ app }) => {
			app.live = false;
		},
		open: ({ app }) => {
			app.live = true;
		},
	},
	"advanced-access": {
		closed: ({ app }, _, field) =>
			!app.advancedAccess &&
			`the app has Standard Access only to the permissions of ${field}`,
		fix: "ask for Advanced Access in App Review",
		close: ({ app }) => {
			app.advancedAccess = false;
		},
		open: ({ app }) => {
			app.advancedAccess = true;
		},
	},
	"business-verified": {
		closed: (state, { id }) => {
			const page = pageOfAccount(state, id);
			return (
				page?.businessVerified === false &&
				`the business of page ${page.id} is not verified`
			);
		},
		fix: "verify the business in Meta Business Suite",
		close: ({ pages }) => {
			for (const page of pages.values()) page.businessVerified = false;
		},
		open: ({ pages }) => {
			for (const page of pages.values()) page.businessVerified = true;
		},
	},
	"media-owner-public": {
		closed: ({ mediaOwnersPublic }, _, field) =>
			isCommenting(field) &&
			!mediaOwnersPublic &&
			"the owner of the media has a private account",
		fix: "there is none on your side: Meta tells nothing about private media",
		close: (state) => {
			state.mediaOwnersPublic = false;
		},
		open: (state) => {
			state.mediaOwnersPublic = true;
		},
	},
	broadcasting: {
		closed: (_, { broadcasting, username }, field) =>
			field === "live_comments" &&
			!broadcasting &&
			`${username} is not broadcasting`,
		fix: "live comments are delivered during the broadcast only",
		close: ({ accounts }) => {
			for (const account of accounts.values()) account.broadcasting = false;
		},
		open: ({ accounts }) => {
			for (const account of accounts.values()) account.broadcasting = true;
		},
	},
};

/** The gates that keep a field's changes of an account from being delivered. */
export function closedGates(
	state: SandboxState,
	accountId: string,
	field: string,
): Gate[] {
	const account = state.accounts.get(accountId);
	if (!account)
		throw new TypeError(`account ${accountId} is not in the sandbox`);
	return gateIds.flatMap((id) => {
		const rule: GateRule = rules[id];
		const detail = rule.closed(state, account, field);
		const fix = rule.fixFor?.(state, account) ?? rule.fix;
		return detail === false ? [] : [{ id, detail, fix }];
	});
}

/** Every gate, in the order to look at them, for the fields of Meta's page or those the app is subscribed to. */
export function gateStates(state: SandboxState): GateState[] {
	const subscribed = state.subscriptions.get("instagram")?.fields;
	const fields = subscribed?.map(({ name }) => name) ?? defaultInstagramFields;
	return gateIds.map((id) => {
		const rule: GateRule = rules[id];
		const details = [...state.accounts.values()]
			.flatMap((account) =>
				fields.map((field) => rule.closed(state, account, field)),
			)
			.filter((detail) => detail !== false);
		return {
			id,
			open: details.length === 0,
			details: [...new Set(details)],
			fix: rule.fix,
		};
	});
}

/** @throws IgwhError for an id that is not a gate's */
export function closeGate(state: SandboxState, id: string): void {
	knownRule(id).close(state);
}

/** @throws IgwhError for an id that is not a gate's, or a gate that only a command opens */
export function openGate(state: SandboxState, id: string): void {
	const rule = knownRule(id);
	if (rule.open(state) === false)
		throw new IgwhError(
			"usage",
			`${id} opens when the app subscribes, with the URL of its receiver`,
			rule.fix,
		);
}

/** Closed subscriptions are kept, to be put back. */
function closeSubscription(state: SandboxState): void {
	const subscription = state.subscriptions.get("instagram");
	if (subscription) state.closedSubscription = subscription;
	state.subscriptions.delete("instagram");
}

function openSubscription(state: SandboxState): boolean {
	const { subscriptions, closedSubscription } = state;
	if (closedSubscription && !subscriptions.has("instagram"))
		subscriptions.set("instagram", closedSubscription);
	return subscriptions.has("instagram");
}

function knownRule(id: string): GateRule {
	const known = gateIds.find((gate) => gate === id);
	if (known) return rules[known];
	throw new IgwhError(
		"usage",
		`there is no gate named ${id}`,
		`the gates are: ${gateIds.join(", ")}`,
	);
}
