import type { CallbackContext } from "../../callback/callback-context.ts";
import {
	type CallbackOverride,
	type OverrideInput,
	overrideCallback,
} from "../../callback/override-callback.ts";
import { answerProbe } from "../../callback/probe-listener.ts";
import { repairCallback } from "../../callback/repair-callback.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import { withSameSettings } from "../../config/same-settings.ts";
import { signingNeed } from "../../config/signing-secret.ts";
import { IgwhError } from "../../igwh-error.ts";
import { replyWith } from "../../mentions/reply-with.ts";
import {
	type ReceiveInput,
	type ReceiveOptions,
	startReceiver,
} from "../../receiver/start-receiver.ts";
import { createRecordQueue, type RecordQueue } from "../../record-queue.ts";
import { runAll } from "../../run-all.ts";
import { openStore, type Store } from "../../store/store.ts";
import { type ExposeInput, expose } from "../../tunnel/expose.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import { webhookPath } from "../../webhook/webhook-path.ts";
import { UnwritableError, type World } from "../../world.ts";
import type { GoalInput } from "./goal.ts";
import { type KeyOptions, listenKeys } from "./keys.ts";
import type { ListenRecord } from "./records.ts";
import { listenScreen } from "./screen.ts";
import { listenSession, type Session } from "./session.ts";

export interface ListenInput extends ReceiveInput, ExposeInput, GoalInput {
	/** Overrides the app's callback, and restores it on exit. */
	subscribe?: boolean;
	instagramFields?: readonly string[];
	restoreVerifyToken?: string | undefined;
	/** Only restores the callback that an earlier listener overrode. */
	restore?: boolean;
	/** A program that answers each mention. */
	replyWith?: string;
}

/** @throws IgwhError `usage` where a flag lacks the one it belongs to */
export function check({
	forward = [],
	forwardHandshake,
	record,
	redact,
}: ListenInput): void {
	if (redact && record === undefined)
		throw new IgwhError(
			"usage",
			"--redact without --record",
			"name the folder for fixtures: --record captured --redact; stored deliveries are never redacted",
		);
	if (forwardHandshake && forward.length === 0)
		throw new IgwhError(
			"usage",
			"--forward-handshake without --forward",
			"name the app that answers: --forward 3000 --forward-handshake",
		);
}

export function needs({ subscribe }: ListenInput): Need[] {
	return subscribe ? ["appId", "appSecret"] : [signingNeed(undefined)];
}

/**
 * Receives webhooks until Ctrl-C, or until the goal is reached: verifies, stores,
 * forwards and emits each.
 */
export async function* run(
	input: ListenInput,
	config: Config,
	world: World,
): AsyncGenerator<ListenRecord> {
	const secrets = await config.needSigningSecrets();
	const verifyToken = config.get("verifyToken") ?? newToken(world);
	const restoreToken = input.restoreVerifyToken ?? config.get("verifyToken");
	const store = await openStore(config, world);
	const endings: (() => unknown)[] = [() => store.close()];
	try {
		const context = { overrides: store.overrides, config, world };
		yield* repairCallback(input, restoreToken, context);
		if (input.restore) return;
		const records = listenQueue(world);
		const screen = listenScreen(records, { apps: input.forward ?? [] }, world);
		endings.unshift(screen.close);
		const answering =
			input.replyWith === undefined
				? undefined
				: replyWith(input.replyWith, { config, store, world }, records.push);
		endings.unshift(() => answering?.close());
		const emit = (record: ListenRecord) => {
			screen.emit(record);
			if (record.type === "delivery") answering?.received(record.id);
		};
		const healthToken = newToken(world);
		const receiving = await startReceiver(
			{
				...input,
				verifyToken,
				healthToken,
				secrets,
				store,
				emit,
				onPending: world.terminal.interactive ? screen.pending : undefined,
				...answeringProbes(config, store),
			},
			world,
		);
		endings.unshift(receiving.stop);
		const { localUrl } = receiving;
		const callback = overrideWhereAsked(
			input,
			{
				verifyToken,
				restoreToken,
				owner: receiving.aliveUrl,
				emit: records.push,
			},
			context,
		);
		let following = false;
		const open = await expose(input, config, receiving.port, {
			healthToken,
			world,
			emit: (record) => {
				records.push(record);
				if (record.state === "lost") return;
				following = true;
				callback?.follow(`${record.url}${webhookPath}`);
			},
		});
		endings.unshift(() => open?.close());
		// The health URL answers, and the tunnel stays, until the callback is restored.
		endings.unshift(() => callback?.restore());
		const publicUrl = open?.url ?? null;
		const callbackUrl = publicUrl ? `${publicUrl}${webhookPath}` : localUrl;
		const session = listenSession(input, records, world);
		endings.unshift(session.close);
		if (callback) {
			if (!following) callback.follow(callbackUrl);
			yield* subscribed(callback, session);
		}
		store.listeners.add(localUrl);
		endings.unshift(() => leaveList(store, localUrl));
		const tryWith = withSameSettings("igwh replay mentions", config);
		if (!session.over())
			yield {
				type: "ready",
				localUrl,
				callbackUrl,
				publicUrl,
				inspectorUrl: null,
				verifyToken,
				tryWith,
			};
		const readyAt = world.clock.now();
		const closeKeys = await openKeys(
			input,
			{
				screen,
				receiving,
				store,
				tryWith,
				emit: records.push,
				quit: session.quit,
			},
			world,
		);
		endings.unshift(() => closeKeys?.());
		yield* screen.shown(session.untilDone());
		screen.close();
		const restored = await callback?.restore();
		if (restored) yield restored;
		await receiving.stop();
		if (session.end() !== "reached") yield* records.rest();
		yield {
			type: "summary",
			...receiving.counts(),
			ms: world.clock.now() - readyAt,
		};
		if (session.end() === "late") session.checkInTime();
	} finally {
		await runAll(endings);
	}
}

/** The records to show; those that nobody reads in time are dropped, and counted. */
function listenQueue({ terminal }: World): RecordQueue<ListenRecord> {
	return createRecordQueue<ListenRecord>({
		bytesOf: (record) => ("bytes" in record ? record.bytes : 0),
		dropped: (count) =>
			terminal.note(
				`${count} lines are missing here: the output was not read in time\n  list the stored deliveries with: igwh events`,
			),
	});
}

function overrideWhereAsked(
	{ subscribe, instagramFields }: ListenInput,
	options: Omit<OverrideInput, "fields">,
	context: CallbackContext,
): CallbackOverride | undefined {
	const fields = instagramFields ?? defaultInstagramFields;
	return subscribe
		? overrideCallback({ ...options, fields }, context)
		: undefined;
}

/** Reads keys at a terminal, until the returned function is called. */
async function openKeys(
	{ forward = [], forwardUnverified = false }: ListenInput,
	options: Omit<KeyOptions, "forwards" | "unverified">,
	{ terminal, keyboard }: World,
): Promise<(() => void) | undefined> {
	if (!terminal.interactive) return undefined;
	const close = await keyboard.read(
		listenKeys({
			...options,
			forwards: forward.length > 0,
			unverified: forwardUnverified,
		}),
	);
	if (close) options.screen.open();
	return close;
}

/** Answers other listeners of the app, whose probes its secret signs. */
function answeringProbes(
	config: Config,
	{ overrides }: Store,
): Pick<ReceiveOptions, "probe"> {
	const appSecret = config.secret("appSecret")?.reveal();
	if (appSecret === undefined) return {};
	return {
		probe: (query) =>
			answerProbe(query, appSecret, () =>
				overrides.find(config.get("appId") ?? "", config.get("graphUrl")),
			),
	};
}

/** A listener that ends without this is removed by the next process that looks for one. */
function leaveList({ listeners }: Store, localUrl: string): void {
	try {
		listeners.remove(localUrl);
	} catch (error) {
		if (!(error instanceof UnwritableError)) throw error;
	}
}

/** Points the app here; where that must be done by hand, waits for the handshake, or for the end. */
async function* subscribed(
	callback: CallbackOverride,
	session: Session,
): AsyncGenerator<ListenRecord> {
	let byHand = false;
	for await (const record of callback.start()) {
		yield record;
		byHand = record.type === "dashboard";
	}
	if (byHand)
		yield* session.until((record) => record.type === "handshake" && record.ok);
}

/** 32 characters that Meta's dashboard accepts as a verify token; over 64 it fails silently (webhook/README: Handshake). */
function newToken(world: World): string {
	return Buffer.from(world.randomBytes(24)).toString("base64url");
}
