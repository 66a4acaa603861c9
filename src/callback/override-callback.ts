import { graphClient } from "../graph/graph-client.ts";
import {
	type AppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../graph/subscriptions.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";
import { graphWaitsMs, waitBefore } from "../retry-waits.ts";
import type { Override } from "../store/overrides.ts";
import type { CallbackContext } from "./callback-context.ts";
import type {
	DashboardRecord,
	ReplacingRecord,
	SubscriptionRecord,
} from "./records.ts";
import { refusesTheEdge } from "./refuses-the-edge.ts";
import { type Found, reportReplaced } from "./report-replaced.ts";
import { restoreCallback } from "./restore-callback.ts";
import { writeCallback } from "./write-callback.ts";

export interface OverrideInput {
	/** The verify token of this listener. */
	verifyToken: string;
	/** The verify token of the callback that is replaced, where it is known. */
	restoreToken: string | undefined;
	/** Instagram fields, beside those there are. */
	fields: readonly string[];
	/** The listener's health URL: answers as long as it runs, and names it. */
	owner: string;
	/** Called when the callback changes while the listener runs. */
	emit(record: SubscriptionRecord | DashboardRecord): void;
}

export type OverrideRecord =
	| ReplacingRecord
	| SubscriptionRecord
	| DashboardRecord;

/** One listener's override of the app's callback. */
export interface CallbackOverride {
	/**
	 * Points the app's callback here and merges the fields, after reporting what
	 * that replaces. Ctrl-C before the call changes nothing.
	 * @throws IgwhError
	 */
	start(): AsyncGenerator<OverrideRecord>;
	/** Sets the listener's callback URL: the override follows it. */
	follow(callbackUrl: string): void;
	/**
	 * Stops following, waits for a call under way, and restores what was replaced.
	 * Later calls return the first one's result.
	 * @throws IgwhError with the command to run later
	 */
	restore(): Promise<SubscriptionRecord | undefined>;
}

/** Overrides the app's callback for a listener; README.md has the rules. */
export function overrideCallback(
	input: OverrideInput,
	context: CallbackContext,
): CallbackOverride {
	const { overrides, config, world } = context;
	const { owner, verifyToken, restoreToken, emit } = input;
	const graph = graphClient(config, world);
	const graphUrl = config.get("graphUrl");
	/** The URL the callback should have, and the one it was last set to, or left at. */
	let wanted: string | undefined;
	let settledAt: string | undefined;
	let state: "idle" | "held" | "by hand" = "idle";
	let unsettled = false;
	let changed = new AbortController();
	const stopping = new AbortController();
	let following: Promise<void> | undefined;
	let restored: Promise<SubscriptionRecord | undefined> | undefined;
	let starting: Promise<SubscriptionRecord | DashboardRecord> | undefined;
	let byHand: Omit<DashboardRecord, "callbackUrl"> | undefined;

	async function* start(): AsyncGenerator<OverrideRecord> {
		const appId = config.need("appId");
		const found = yield* reportReplaced(
			{ appId, graph, restoreToken, wanted: () => wanted },
			context,
		);
		starting = begin(appId, found);
		yield await starting;
		if (wanted !== settledAt) keepUp();
	}

	/** From the record to Meta's answer, without a pause in which it could be interrupted. */
	async function begin(
		appId: string,
		{ current, before, replaced }: Found,
	): Promise<SubscriptionRecord | DashboardRecord> {
		if (world.interrupt.aborted || stopping.signal.aborted)
			throw new IgwhError(
				"interrupted",
				"interrupted",
				"run the command again",
			);
		const callbackUrl = wanted ?? "";
		const held = written(before, {
			appId,
			graphUrl,
			owner,
			callbackUrls: distinct(before?.callbackUrls ?? [], callbackUrl),
			foreignListeners: before?.foreignListeners ?? [],
			replaced,
		});
		state = "held";
		const fields = [...new Set([...(current?.fields ?? []), ...input.fields])];
		const result = await pointTo(callbackUrl, fields, appId);
		settledAt = callbackUrl;
		if (result.state === "done")
			return subscriptionRecord(callbackUrl, current, result.now, appId);
		if (result.state === "unknown") throw result.error;
		if (before) overrides.write(held, before);
		else overrides.remove(held);
		state = "idle";
		if (!refusesTheEdge(result.error)) throw result.error;
		const previous = replaced.at(-1);
		state = "by hand";
		byHand = {
			type: "dashboard",
			verifyToken,
			fields,
			reason: result.error.message,
			...(previous && { previousCallbackUrl: previous.callbackUrl }),
		};
		settledAt = wanted;
		return { ...byHand, callbackUrl: wanted ?? callbackUrl };
	}

	async function pointTo(
		callbackUrl: string,
		fields: readonly string[],
		appId: string,
	) {
		const call = writeAppSubscription(appId, {
			callbackUrl,
			verifyToken,
			fields,
		});
		const result = await writeCallback(call, callbackUrl, appId, graph);
		unsettled ||= result.state === "unknown";
		return result;
	}

	function written(
		before: Override | undefined,
		after: Omit<Override, "revision">,
	): Override {
		const stored = overrides.write(before, after);
		if (stored !== "changed") return stored;
		throw new IgwhError(
			"usage",
			"another process of this store is changing the app's callback",
			"end it first, with Ctrl-C: it restores the old callback",
		);
	}

	function follow(callbackUrl: string): void {
		if (wanted === callbackUrl) return;
		wanted = callbackUrl;
		if (state === "by hand" && byHand) {
			settledAt = callbackUrl;
			emit({ ...byHand, callbackUrl });
		} else if (state === "held" && settledAt !== undefined) keepUp();
	}

	/** One move at a time, to the newest address. */
	function keepUp(): void {
		changed.abort();
		changed = new AbortController();
		following ??= moveUntilSettled().finally(() => {
			following = undefined;
		});
	}

	async function moveUntilSettled(): Promise<void> {
		for (let attempt = 0; ; attempt++) {
			const target = wanted;
			if (target === undefined || target === settledAt) return;
			if (stopping.signal.aborted) return;
			try {
				await move(target);
				settledAt = target;
				attempt = -1;
			} catch (error) {
				world.terminal.note(
					`igwh: the app's callback could not be moved to ${target} yet: ${asIgwhError(error).message}`,
				);
				if (wanted !== target) attempt = -1;
				else
					await world.clock.sleep(
						waitBefore(attempt, graphWaitsMs),
						AbortSignal.any([stopping.signal, changed.signal]),
					);
			}
		}
	}

	/** Moves the callback if it is still this listener's; any other is left alone. */
	async function move(target: string): Promise<void> {
		const appId = config.need("appId");
		const held = overrides.find(appId, graphUrl);
		if (held?.owner !== owner) return;
		const current = await graph(readAppSubscription(appId));
		if (stopping.signal.aborted) return;
		if (!current || !held.callbackUrls.includes(current.callbackUrl)) {
			world.terminal.note(
				`igwh: the app's callback is ${current?.callbackUrl ?? "gone"}, which is not this listener's; it is left alone`,
			);
			return;
		}
		written(held, {
			...held,
			callbackUrls: distinct(held.callbackUrls, target),
		});
		const result = await pointTo(target, current.fields, appId);
		if (result.state !== "done") throw result.error;
		emit(subscriptionRecord(target, current, result.now, appId));
	}

	async function end(): Promise<SubscriptionRecord | undefined> {
		stopping.abort();
		await starting?.catch(() => {});
		await following;
		if (state === "by hand" && byHand?.previousCallbackUrl)
			world.terminal.note(
				`igwh: set the callback to ${byHand.previousCallbackUrl} again in the App Dashboard`,
			);
		if (state !== "held") return undefined;
		const result = await restoreCallback(
			{ restoreToken, owner, unsettled },
			context,
		);
		if (result.state === "kept") {
			world.terminal.note(`igwh: ${result.reason}\n  ${result.hint}`);
		}
		return result.state === "restored" ? result.record : undefined;
	}

	return {
		start,
		follow,
		restore: () => {
			restored ??= end();
			return restored;
		},
	};
}

function subscriptionRecord(
	callbackUrl: string,
	before: AppSubscription | undefined,
	now: AppSubscription | undefined,
	appId: string,
): SubscriptionRecord {
	return {
		type: "subscription",
		target: "app",
		id: appId,
		fields: now?.fields ?? [],
		previous: before?.fields ?? [],
		changed: true,
		callbackUrl,
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

function distinct(urls: readonly string[], url: string): string[] {
	return [...new Set([...urls, url])];
}
