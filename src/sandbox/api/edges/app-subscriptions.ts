import { isLoopback } from "../../../loopback-guard.ts";
import { instagramFields, pageFields } from "../../../webhook/fields.ts";
import { verifyCallback } from "../../delivery/verify-callback.ts";
import type {
	App,
	AppSubscription,
	SandboxState,
} from "../../simulation/state.ts";
import { type GraphCall, listParameter, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import type { Viewer } from "../viewer.ts";
import { type Operation, success } from "./operation.ts";

const fieldsOfObject = new Map<string, ReadonlySet<string>>([
	["instagram", new Set(Object.keys(instagramFields))],
	["page", pageFields],
]);

/** `GET /{app-id}/subscriptions` (README: Subscriptions); the verify token is never shown. */
export const readAppSubscriptions: Operation<App> = (_, context) => {
	requireAppToken(context.viewer);
	const { subscriptions } = context.sandbox.state;
	return {
		data: [...subscriptions].map(
			([object, { callbackUrl, fields, inactive }]) => ({
				object,
				callback_url: callbackUrl,
				fields,
				active: !inactive,
			}),
		),
	};
};

/**
 * `POST /{app-id}/subscriptions`: verifies the callback, then overwrites the
 * object's URL, token and fields; on failure the earlier ones stay.
 */
export const subscribeApp: Operation<App> = async (_, context, call) => {
	requireAppToken(context.viewer);
	const { sandbox } = context;
	const object = knownObject(needParameter(call, "object"));
	const subscription: AppSubscription = {
		callbackUrl: callbackUrl(call, sandbox.allowPublicCallbacks),
		verifyToken: needParameter(call, "verify_token"),
		fields: knownFields(call, object).map((name) => ({
			name,
			version: call.version,
		})),
		includeValues: call.parameters.get("include_values") !== "false",
	};
	await verifyCallback(sandbox, subscription);
	sandbox.state.subscriptions.set(object, subscription);
	return success;
};

/** `DELETE /{app-id}/subscriptions`: everything, one object, or some of its fields. */
export const unsubscribeApp: Operation<App> = (
	_,
	{ sandbox, viewer },
	call,
) => {
	requireAppToken(viewer);
	const { subscriptions } = sandbox.state;
	const object = call.parameters.get("object");
	if (object === undefined) subscriptions.clear();
	else
		dropFields(
			sandbox.state,
			knownObject(object),
			listParameter(call, "fields"),
		);
	return success;
};

function dropFields(
	{ subscriptions }: SandboxState,
	object: string,
	dropped: string[],
): void {
	const subscription = subscriptions.get(object);
	const fields = subscription?.fields.filter(
		({ name }) => dropped.length > 0 && !dropped.includes(name),
	);
	if (subscription && fields?.length)
		subscriptions.set(object, { ...subscription, fields });
	else subscriptions.delete(object);
}

function requireAppToken({ kind }: Viewer): void {
	if (kind !== "app") throw graphErrors.appTokenRequired();
}

function knownObject(object: string): string {
	if (!fieldsOfObject.has(object))
		throw graphErrors.notOneOf("object", fieldsOfObject.keys(), object);
	return object;
}

function knownFields(call: GraphCall, object: string): string[] {
	const allowed = fieldsOfObject.get(object) as ReadonlySet<string>;
	const fields = listParameter(call, "fields");
	if (fields.length === 0) throw graphErrors.missingParameter("fields");
	for (const [index, field] of fields.entries())
		if (!allowed.has(field))
			throw graphErrors.notOneOf(`fields[${index}]`, allowed, field);
	return [...new Set(fields)];
}

/**
 * Meta takes https only; the sandbox http on this machine too. Elsewhere it goes
 * only where the person allowed it: it fetches the URL for whoever asks, and
 * error 2201 shows the beginning of the answer.
 */
function callbackUrl(call: GraphCall, allowPublic: boolean): string {
	const text = needParameter(call, "callback_url");
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || url.hash)
		throw graphErrors.invalidParameter(
			"callback_url should represent a valid URL",
		);
	if (isLoopback(url.hostname) && /^https?:$/.test(url.protocol)) return text;
	if (url.protocol !== "https:")
		throw graphErrors.invalidParameter("callback_url must be an https URL");
	if (isPrivate(url.hostname))
		throw graphErrors.invalidParameter(
			"callback_url must not be a private address",
		);
	if (!allowPublic)
		throw graphErrors.invalidParameter(
			"the sandbox calls only callbacks on this machine; start it with --allow-public-callbacks to use others",
		);
	return text;
}

/** Addresses of private networks, link-local ones (cloud metadata) and all of this host. */
function isPrivate(hostname: string): boolean {
	return (
		/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d/.test(
			hostname,
		) || /^\[(f[cde]|::)/.test(hostname)
	);
}
