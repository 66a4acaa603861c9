import type { CallbackOverride } from "../../callback/override-callback.ts";
import { repairCallback } from "../../callback/repair-callback.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import { withSameSettings } from "../../config/same-settings.ts";
import { signingNeed } from "../../config/signing-secret.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { ReceiveInput, Receiving } from "../../receiver/start-receiver.ts";
import { createRecordQueue, type RecordQueue } from "../../record-queue.ts";
import { runAll } from "../../run-all.ts";
import { openStore, type Store } from "../../store/store.ts";
import type { ExposeInput } from "../../tunnel/expose.ts";
import { UnwritableError, type World } from "../../world.ts";
import type { GoalInput } from "./goal.ts";
import { type KeyOptions, listenKeys } from "./keys.ts";
import { type Listener, newToken } from "./listener.ts";
import { type Reached, reach } from "./reach.ts";
import { receive } from "./receive.ts";
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
	const endings: Listener["endings"] = [() => store.close()];
	try {
		const context = { overrides: store.overrides, config, world };
		yield* repairCallback(input, restoreToken, context);
		if (input.restore) return;
		const records = listenQueue(world);
		const screen = listenScreen(records, { apps: input.forward ?? [] }, world);
		endings.unshift(screen.close);
		const tokens = { secrets, verifyToken, restoreToken };
		const parts = { input, config, world, store, records, screen, endings };
		yield* listenUntilDone({ ...parts, ...tokens });
	} finally {
		await runAll(endings);
	}
}

/** From the start of the receiver to the summary; the endings close what it opens. */
async function* listenUntilDone(
	listener: Listener,
): AsyncGenerator<ListenRecord> {
	const { input, world, records, endings } = listener;
	const receiving = await receive(listener);
	const { reached, callback } = await reach(listener, receiving);
	const session = listenSession(input, records, world);
	endings.unshift(session.close);
	if (callback) yield* subscribed(callback, session);
	enterList(listener, reached.localUrl);
	if (!session.over()) yield readyRecord(reached, listener);
	const readyAt = world.clock.now();
	yield* showDeliveries(listener, receiving, session);
	const restored = await callback?.restore();
	if (restored) yield restored;
	await receiving.stop();
	if (session.end() !== "reached") yield* records.rest();
	const ms = world.clock.now() - readyAt;
	yield { type: "summary", ...receiving.counts(), ms };
	if (session.end() === "late") session.checkInTime();
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

function readyRecord(
	reached: Reached,
	{ verifyToken, config }: Listener,
): ListenRecord {
	return {
		type: "ready",
		...reached,
		inspectorUrl: null,
		verifyToken,
		tryWith: tryCommand(config),
		...(config.profile && { profile: config.profile }),
	};
}

/** The command that sends a first delivery to this listener. */
function tryCommand(config: Config): string {
	return withSameSettings("igwh replay mentions", config);
}

/** Shows what is received until the session is done, and does what the keys ask for. */
async function* showDeliveries(
	{ input, config, world, store, records, screen, endings }: Listener,
	receiving: Receiving,
	session: Session,
): AsyncGenerator<ListenRecord> {
	const closeKeys = await openKeys(
		input,
		{
			screen,
			receiving,
			store,
			tryWith: tryCommand(config),
			emit: records.push,
			quit: session.quit,
		},
		world,
	);
	endings.unshift(() => closeKeys?.());
	yield* screen.shown(session.untilDone());
	screen.close();
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

/** Lets other commands find this listener while it runs. */
function enterList({ store, endings }: Listener, localUrl: string): void {
	store.listeners.add(localUrl);
	endings.unshift(() => leaveList(store, localUrl));
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
