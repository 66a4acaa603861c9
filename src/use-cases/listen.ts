import type { Config } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import { type Channel, createChannel } from "../receiver/channel.ts";
import { webhookPath } from "../receiver/receiver.ts";
import type {
	DashboardRecord,
	DeliveryRecord,
	HandshakeRecord,
	ReadyRecord,
	ReplacingRecord,
	ReplyRecord,
	SubscriptionRecord,
	TunnelRecord,
	UnansweredRecord,
} from "../records.ts";
import { openStore } from "../store/store.ts";
import { defaultInstagramFields } from "../webhook/fields.ts";
import { windUp } from "../wind-up.ts";
import type { World } from "../world.ts";
import { followTunnel } from "./follow-tunnel.ts";
import { giveCallbackBack } from "./give-callback-back.ts";
import { type Goal, type GoalInput, listenGoal } from "./listen-goal.ts";
import { type PublishInput, publish } from "./publish.ts";
import { type ReceiveInput, startReceiving } from "./receive.ts";
import { repairCallback } from "./repair-callback.ts";
import { replyWith } from "./reply-with.ts";
import { type Taking, takeCallback } from "./take-callback.ts";

export interface ListenInput extends ReceiveInput, PublishInput, GoalInput {
	/** Points the app's callback here, and puts the old one back on exit. */
	subscribe?: boolean;
	instagramFields?: readonly string[];
	restoreVerifyToken?: string | undefined;
	/** Only puts back the callback that an earlier listener took. */
	restore?: boolean;
	/** A program that answers each mention. */
	replyWith?: string;
}

/** @throws IgwhError `usage` where a flag lacks the one it belongs to */
export function checkListenFlags({
	forward = [],
	forwardHandshake,
	record,
	redact,
}: ListenInput): void {
	if (redact && record === undefined)
		throw new IgwhError(
			"usage",
			"--redact without --record",
			"say where fixtures go: --record captured --redact; what is stored stays as it came",
		);
	if (forwardHandshake && forward.length === 0)
		throw new IgwhError(
			"usage",
			"--forward-handshake without --forward",
			"say which app answers: --forward 3000 --forward-handshake",
		);
}

export type ListenRecord =
	| ReadyRecord
	| HandshakeRecord
	| DeliveryRecord
	| TunnelRecord
	| SubscriptionRecord
	| ReplacingRecord
	| DashboardRecord
	| ReplyRecord
	| UnansweredRecord;

/**
 * Receives webhooks until Ctrl-C, or until what was asked for has come:
 * verifies, stores, forwards and tells each.
 */
export async function* listen(
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
		yield* repairCallback(input, restoreToken, store, config, world);
		if (input.restore) return;
		const records = createChannel<ListenRecord>({
			bytesOf: (record) => ("bytes" in record ? record.bytes : 0),
			dropped: (count) =>
				world.terminal.note(
					`${count} lines are missing here: the output was not read in time\n  see what is stored with: igwh events`,
				),
		});
		const answering =
			input.replyWith === undefined
				? undefined
				: replyWith(input.replyWith, { config, store, world }, records.push);
		endings.unshift(() => answering?.close());
		const tell = (record: ListenRecord) => {
			records.push(record);
			if (record.type === "delivery") answering?.received(record.id);
		};
		const healthToken = newToken(world);
		const receiving = await startReceiving(
			{
				...input,
				verifyToken,
				healthToken,
				secrets,
				store,
				tell,
			},
			world,
		);
		endings.unshift(receiving.stop);
		let taking: Taking | undefined;
		const follow = followTunnel(
			() => taking,
			records.push,
			store,
			config,
			world,
		);
		const open = await publish(input, config, receiving.port, {
			healthToken,
			world,
			emit: (record) => {
				records.push(record);
				follow.to(record);
			},
		});
		endings.unshift(() => open?.close(), follow.stop);
		const { localUrl } = receiving;
		const publicUrl = open?.url ?? null;
		const callbackUrl = publicUrl ? `${publicUrl}${webhookPath}` : localUrl;
		if (input.subscribe) {
			taking = {
				callbackUrl,
				verifyToken,
				restoreToken,
				fields: input.instagramFields ?? defaultInstagramFields,
				aliveUrl: receiving.aliveUrl,
			};
			endings.unshift(() => taking && giveBack(restoreToken));
			yield* subscribed(taking, records);
		}
		store.listeners.add(localUrl);
		endings.unshift(() => store.listeners.remove(localUrl));
		yield {
			type: "ready",
			localUrl,
			callbackUrl,
			publicUrl,
			inspectorUrl: null,
			verifyToken,
		};
		const goal = listenGoal(input);
		const end = yield* untilDone(records, goal, input.timeout, world);
		if (taking) {
			taking = undefined;
			const back = await giveBack(restoreToken);
			if (back) yield back;
		}
		await receiving.stop();
		if (end !== "reached") yield* records.rest();
		if (end === "late") goal.checkInTime();
	} finally {
		await windUp(endings);
	}

	function giveBack(token: string | undefined) {
		return giveCallbackBack(token, store, config, world);
	}

	/** Points the app here; where it has to be done by hand, waits until it is done. */
	async function* subscribed(
		taking: Taking,
		records: Channel<ListenRecord>,
	): AsyncGenerator<ListenRecord> {
		let byHand = false;
		for await (const record of takeCallback(taking, store, config, world)) {
			yield record;
			byHand = record.type === "dashboard";
		}
		if (!byHand) return;
		for await (const record of records.read(world.interrupt)) {
			yield record;
			if (record.type === "handshake" && record.ok) return;
		}
	}
}

/** Tells what comes, until there is nothing left to wait for. */
async function* untilDone(
	records: Channel<ListenRecord>,
	goal: Goal,
	timeout: number | undefined,
	{ clock, interrupt }: World,
): AsyncGenerator<ListenRecord, "reached" | "late" | "interrupted"> {
	const over = new AbortController();
	let late = false;
	if (timeout !== undefined)
		void clock.sleep(timeout, over.signal).then(() => {
			late = !over.signal.aborted;
			over.abort();
		});
	const until = AbortSignal.any([interrupt, over.signal]);
	for await (const record of records.read(until)) {
		yield record;
		if (!goal.reachedWith(record)) continue;
		over.abort();
		return "reached";
	}
	over.abort();
	return late ? "late" : "interrupted";
}

/** 32 characters Meta's dashboard takes as a verify token; over 64 it fails silently (meta-platform §1.4). */
function newToken(world: World): string {
	return Buffer.from(world.randomBytes(24)).toString("base64url");
}
