import { type Graph, graphClient } from "../graph/graph-client.ts";
import {
	type AppSubscription,
	deleteAppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../graph/subscriptions.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";
import type { Override, Replaced } from "../store/overrides.ts";
import { UnwritableError } from "../world.ts";
import type { CallbackContext } from "./callback-context.ts";
import { probeListener } from "./probe-listener.ts";
import type { SubscriptionRecord } from "./records.ts";
import { restoreCommand } from "./restore-command.ts";
import { writeCallback } from "./write-callback.ts";

export interface RestoreInput {
	/** The verify token of the replaced callback, where it is known. */
	restoreToken: string | undefined;
	/** Restores only what this listener holds. */
	owner?: string;
	/** An earlier write of this process has an unknown outcome: a read does not settle it. */
	unsettled?: boolean;
	/** A person asked for it: a deleted subscription may be restored. */
	asked?: boolean;
}

export type Restored =
	| { state: "restored"; record: SubscriptionRecord }
	/** Nothing is left to restore. */
	| { state: "settled" }
	/** Not restored, and still on record. */
	| { state: "kept"; reason: string; hint: string };

/**
 * Restores the app's callback from its record. A callback that someone else has
 * set since stays. The record is removed once the restored callback is read back.
 * @throws IgwhError with the command to run later
 */
export async function restoreCallback(
	input: RestoreInput,
	context: CallbackContext,
): Promise<Restored> {
	const { overrides, config } = context;
	const appId = config.get("appId");
	const held =
		appId === undefined
			? undefined
			: overrides.find(appId, config.get("graphUrl"));
	if (!held || (input.owner !== undefined && held.owner !== input.owner))
		return { state: "settled" };
	try {
		return await restore(held, input, context);
	} catch (error) {
		const { code, message } = asIgwhError(error);
		const url = held.replaced.at(-1)?.callbackUrl;
		throw new IgwhError(
			code === "bug" ? "graph" : code,
			url
				? `the callback ${url} could not be restored: ${message}`
				: `the override of the app's callback could not be removed: ${message}`,
			`once it answers, run: ${restoreCommand(held, config)}`,
			{ cause: error },
		);
	}
}

async function restore(
	held: Override,
	input: RestoreInput,
	context: CallbackContext,
): Promise<Restored> {
	const graph = graphClient(context.config, context.world);
	const current = await graph(readAppSubscription(held.appId));
	const kept = isOwn(current, held)
		? undefined
		: await whyKept(current, held, input, context);
	if (kept) return kept;
	const position = await positionToRestore(held, context);
	const target = held.replaced[position] as Replaced;
	const now = await write(target, held, input, graph);
	// A write of unknown outcome may still land: the next start looks again.
	if (!input.unsettled)
		afterRestore(() => forget(held, position, context), context);
	return {
		state: "restored",
		record: {
			type: "subscription",
			target: "app",
			id: held.appId,
			fields: now?.fields ?? [],
			previous: current?.fields ?? [],
			changed: true,
			...(now && { callbackUrl: now.callbackUrl }),
			...(current && { previousCallbackUrl: current.callbackUrl }),
		},
	};
}

function isOwn(current: AppSubscription | undefined, held: Override): boolean {
	return (
		current !== undefined && held.callbackUrls.includes(current.callbackUrl)
	);
}

/** The callback is no longer this store's: returns why it is kept, or nothing where it can be restored. */
async function whyKept(
	current: AppSubscription | undefined,
	held: Override,
	{ asked = false, unsettled = false }: RestoreInput,
	{ overrides, config, world }: CallbackContext,
): Promise<Restored | undefined> {
	const hint = `to restore it later, run: ${restoreCommand(held, config)}`;
	if (isReplaced(current, held)) {
		if (unsettled)
			return {
				state: "kept",
				reason: "it is unknown whether Meta changed the app's callback",
				hint,
			};
		afterRestore(() => overrides.remove(held), { world });
		return { state: "settled" };
	}
	if (!current)
		return asked
			? undefined
			: {
					state: "kept",
					reason: "someone deleted the app's subscription meanwhile",
					hint,
				};
	const url = current.callbackUrl;
	const secret = await config.needSecret("appSecret");
	const { state } = await probeListener(url, secret.reveal(), world);
	const known = held.foreignListeners.includes(url);
	if (state === "absent" && known) return undefined;
	if (state === "listening" || known) {
		if (!known)
			overrides.write(held, {
				...held,
				foreignListeners: [...held.foreignListeners, url],
			});
		return {
			state: "kept",
			reason: `another igwh listener has replaced the app's callback: ${url}`,
			hint: `once it has ended, run: ${restoreCommand(held, config)}`,
		};
	}
	if (held.replaced.every((entry) => entry?.listener)) {
		overrides.remove(held);
		return { state: "settled" };
	}
	const previous = held.replaced.findLast((entry) => !entry?.listener);
	return {
		state: "kept",
		reason: `someone else has set the app's callback to ${url}; it stays`,
		hint: previous
			? `to set the earlier one anyway, run: igwh subscribe --callback ${previous.callbackUrl} --verify-token <its verify token>`
			: "to end the subscription anyway, run: igwh unsubscribe --app",
	};
}

/** Restored already, by someone else. */
function isReplaced(
	current: AppSubscription | undefined,
	{ replaced }: Override,
): boolean {
	return replaced.some((entry) =>
		entry
			? !entry.listener && entry.callbackUrl === current?.callbackUrl
			: !current,
	);
}

/**
 * The newest callback that was replaced. A listener that no longer answers has
 * ended: what it had replaced itself is restored instead.
 */
async function positionToRestore(
	{ replaced }: Override,
	{ config, world }: CallbackContext,
): Promise<number> {
	for (let position = replaced.length - 1; position >= 0; position--) {
		const entry = replaced[position];
		if (!entry?.listener) return position;
		const secret = await config.needSecret("appSecret");
		const { callbackUrl } = entry;
		const { state } = await probeListener(callbackUrl, secret.reveal(), world);
		if (state === "listening") return position;
	}
	throw new IgwhError(
		"graph",
		"an igwh listener of another store had set it and has ended; what it had replaced is unknown here",
		"",
	);
}

async function write(
	target: Replaced,
	held: Override,
	{ restoreToken }: RestoreInput,
	graph: Graph,
): Promise<AppSubscription | undefined> {
	if (target && restoreToken === undefined)
		throw new IgwhError("configuration", "its verify token is unknown", "");
	const written = await writeCallback(
		target
			? writeAppSubscription(held.appId, {
					...target,
					verifyToken: restoreToken ?? "",
				})
			: deleteAppSubscription(held.appId),
		target?.callbackUrl,
		held.appId,
		graph,
	);
	if (written.state !== "done") throw written.error;
	return written.now;
}

/** The callback is restored, even if the store cannot be written. */
function afterRestore(
	forget: () => void,
	{ world }: Pick<CallbackContext, "world">,
): void {
	try {
		forget();
	} catch (error) {
		if (!(error instanceof UnwritableError)) throw error;
		world.terminal.note(
			`igwh: the callback is restored, but its record remains, and the next igwh listen checks it again: ${error.message}`,
		);
	}
}

/** What a restored listener had replaced itself stays on record until that listener has ended. */
function forget(
	held: Override,
	position: number,
	{ overrides }: CallbackContext,
): void {
	const target = held.replaced[position];
	const older = held.replaced.slice(0, position);
	if (!target?.listener || older.length === 0) overrides.remove(held);
	else
		overrides.write(held, {
			...held,
			foreignListeners: [...held.foreignListeners, target.callbackUrl],
			replaced: older,
		});
}
