import type { Graph } from "../graph/graph-client.ts";
import {
	type AppSubscription,
	readAppSubscription,
} from "../graph/subscriptions.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Override, Replaced } from "../store/overrides.ts";
import type { World } from "../world.ts";
import type { CallbackContext } from "./callback-context.ts";
import { handshakeProblem } from "./handshake.ts";
import { probeListener } from "./probe-listener.ts";
import type { ReplacingRecord } from "./records.ts";

export interface ReportInput {
	appId: string;
	graph: Graph;
	/** The verify token of the callback that is replaced, where it is known. */
	restoreToken: string | undefined;
	/** The URL the callback should have; it may change meanwhile. */
	wanted(): string | undefined;
}

/** What Meta and the store hold before the override. */
export interface Found {
	current: AppSubscription | undefined;
	before: Override | undefined;
	replaced: readonly Replaced[];
}

/**
 * Reports what an override replaces. Where that changes until the user has agreed,
 * the new state is reported again.
 * @returns what Meta and the store hold
 * @throws IgwhError `usage` where the user declines
 */
export async function* reportReplaced(
	input: ReportInput,
	context: CallbackContext,
): AsyncGenerator<ReplacingRecord, Found> {
	const { overrides, config, world } = context;
	const { appId, graph, wanted } = input;
	let seen: string | undefined;
	let agreed: Found | undefined;
	for (;;) {
		const current = await graph(readAppSubscription(appId));
		const before = overrides.find(appId, config.get("graphUrl"));
		const shown = JSON.stringify([current, before]);
		// A listener that answered the first probe is known, even if it has ended since.
		if (agreed && shown === seen) return agreed;
		const replaced = await whatIsReplaced(current, before, context);
		const previous = replaced.at(-1);
		agreed = { current, before, replaced };
		if (!previous || previous.callbackUrl === wanted()) return agreed;
		seen = shown;
		const replacing = await replacingRecord(previous, input, world);
		yield replacing;
		await confirmLoss(replacing, world);
	}
}

async function replacingRecord(
	{ callbackUrl, fields, active }: NonNullable<Replaced>,
	{ appId, restoreToken, wanted }: ReportInput,
	world: World,
): Promise<ReplacingRecord> {
	const reason =
		restoreToken === undefined
			? "its verify token is unknown; give it with --restore-verify-token"
			: await handshakeProblem(callbackUrl, restoreToken, world);
	return {
		type: "replacing",
		appId,
		callbackUrl: wanted() ?? "",
		previousCallbackUrl: callbackUrl,
		previousFields: [...fields],
		restorable: reason === undefined,
		...(reason && { reason }),
		...(!active && { previousActive: false }),
	};
}

/** A person may still decline; a script has agreed with `--subscribe`. */
async function confirmLoss(
	{ restorable }: ReplacingRecord,
	{ terminal, interrupt, prompts }: World,
): Promise<void> {
	if (restorable || !terminal.interactive) return;
	if (interrupt.aborted) return;
	if (await prompts.confirm("Replace it anyway?")) return;
	throw new IgwhError(
		"usage",
		"nothing was changed",
		"give its verify token with --restore-verify-token, or listen without --subscribe",
	);
}

/** What the next restore has to set, after what earlier listeners replaced. */
async function whatIsReplaced(
	current: AppSubscription | undefined,
	before: Override | undefined,
	{ config, world }: CallbackContext,
): Promise<readonly Replaced[]> {
	const older = before?.replaced ?? [];
	if (!current) return older.at(-1) === null ? older : [...older, null];
	const { callbackUrl } = current;
	if (before?.callbackUrls.includes(callbackUrl)) return older;
	const known = older.findIndex((entry) => entry?.callbackUrl === callbackUrl);
	if (known >= 0)
		return [
			...older.slice(0, known),
			{ ...current, listener: older[known]?.listener ?? false },
		];
	const secret = await config.needSecret("appSecret");
	const probe = await probeListener(callbackUrl, secret.reveal(), world);
	const listener =
		probe.state === "listening" ||
		(before?.foreignListeners.includes(callbackUrl) ?? false);
	const through =
		older.length === 0 && probe.state === "listening" ? probe.replaced : older;
	return [...through, { ...current, listener }];
}
