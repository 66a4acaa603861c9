import type { Config } from "../config.ts";
import { textResponse } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { type Channel, createChannel } from "../receiver/channel.ts";
import { forward, forwardUrl } from "../receiver/forward.ts";
import {
	type ReceiverOptions,
	receiver,
	webhookPath,
} from "../receiver/receiver.ts";
import type {
	DeliveryRecord,
	HandshakeRecord,
	ReadyRecord,
	ReplyRecord,
	TunnelRecord,
	UnansweredRecord,
} from "../records.ts";
import type { Forward, StoredDelivery } from "../store/deliveries.ts";
import { openStore, type Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { keepTunnel } from "./keep-tunnel.ts";
import { replyWith } from "./reply-with.ts";

export interface ListenInput {
	port: number;
	/** Left out: a tunnel, but none with the sandbox, which is on this machine. */
	tunnel: boolean | undefined;
	publicUrl: string | undefined;
	tunnelHost: string;
	subdomain: string | undefined;
	forward: string | undefined;
	/** A program that answers each mention. */
	replyWith?: string;
}

export type ListenRecord =
	| ReadyRecord
	| HandshakeRecord
	| DeliveryRecord
	| TunnelRecord
	| ReplyRecord
	| UnansweredRecord;

/** Larger than any delivery seen: 1000 changes make some hundred kilobytes. */
const maxBodyBytes = 4 * 1024 * 1024;

/** Receives webhooks until Ctrl-C: verifies, stores, forwards and tells each. */
export async function* listen(
	input: ListenInput,
	config: Config,
	world: World,
): AsyncGenerator<ListenRecord> {
	const forwardTo =
		input.forward === undefined ? undefined : forwardUrl(input.forward);
	const secrets = await config.needSigningSecrets();
	const verifyToken = config.get("verifyToken") ?? newVerifyToken(world);
	const store = await openStore(config, world);
	const records = createChannel<ListenRecord>();
	const cleanUp: (() => unknown)[] = [() => store.close()];
	const answering =
		input.replyWith === undefined
			? undefined
			: replyWith(input.replyWith, { config, store, world }, records.push);
	cleanUp.unshift(() => answering?.close());
	const tell: typeof records.push = (record) => {
		records.push(record);
		if (record.type === "delivery") answering?.received(record.id);
	};
	try {
		const server = await world.network.serve(
			receiver({
				verifyToken,
				secrets,
				now: world.clock.now,
				accept: acceptInto(store, forwardTo, { ...records, push: tell }, world),
				onHandshake: records.push,
			}),
			{ port: input.port, maxBodyBytes },
		);
		cleanUp.unshift(() => server.close());
		const localUrl = `${server.url}${webhookPath}`;
		const publicUrl = await publish(input, config, server.port, {
			records,
			cleanUp,
			world,
		});
		store.listeners.add(localUrl);
		cleanUp.unshift(() => store.listeners.remove(localUrl));
		yield {
			type: "ready",
			localUrl,
			callbackUrl: publicUrl ? `${publicUrl}${webhookPath}` : localUrl,
			publicUrl,
			inspectorUrl: null,
			verifyToken,
		};
		yield* records.read(world.interrupt);
	} finally {
		for (const step of cleanUp) await step();
	}
}

/** Stores a delivery, passes it on if it is verified, and tells it. */
function acceptInto(
	store: Store,
	forwardTo: URL | undefined,
	records: Channel<ListenRecord>,
	world: World,
): ReceiverOptions["accept"] {
	return async (delivery, request) => {
		const stored = await store.deliveries.add(delivery).catch((error) => {
			world.terminal.note(
				`igwh: a delivery could not be stored, Meta is told to send it again: ${(error as Error).message}`,
			);
			throw error;
		});
		if (!forwardTo || !stored.verdict.valid) {
			records.push(deliveryRecord(stored));
			return textResponse(200, "");
		}
		const passed = await forward(request, forwardTo, world);
		store.deliveries.addForward(stored.id, passed.forward);
		records.push(deliveryRecord(stored, passed.forward));
		return passed.response;
	};
}

/** How a delivery reads to other programs. */
export function deliveryRecord(
	stored: StoredDelivery,
	forward: Forward | null = stored.forwards.at(-1) ?? null,
): DeliveryRecord {
	const { id, receivedAt, body, verdict, duplicateOf, parsed } = stored;
	return {
		type: "delivery",
		id,
		receivedAt: new Date(receivedAt).toISOString(),
		object: parsed.object,
		bytes: body.length,
		signature: verdict,
		duplicateOf,
		changes: parsed.changes,
		forward,
		...(parsed.problem && { problem: parsed.problem }),
	};
}

interface Publishing {
	records: Channel<ListenRecord>;
	cleanUp: (() => unknown)[];
	world: World;
}

/** Makes the receiver reachable from outside, where that is wanted. */
async function publish(
	input: ListenInput,
	config: Config,
	port: number,
	{ records, cleanUp, world }: Publishing,
): Promise<string | null> {
	if (input.publicUrl) return checkedPublicUrl(input.publicUrl);
	if (!(input.tunnel ?? !config.sandbox)) return null;
	const tunnel = await keepTunnel(
		{ port, host: input.tunnelHost, subdomain: input.subdomain },
		records.push,
		world,
	);
	cleanUp.unshift(() => tunnel.close());
	return tunnel.url;
}

function checkedPublicUrl(typed: string): string {
	if (!URL.canParse(typed) || new URL(typed).protocol !== "https:")
		throw new IgwhError(
			"usage",
			`--public-url ${typed} is not an https URL`,
			"Meta calls https only: give the tunnel's address, such as https://name.example",
		);
	const { origin, pathname } = new URL(typed);
	return `${origin}${pathname.replace(/\/+$/, "")}`.replace(
		new RegExp(`${webhookPath}$`),
		"",
	);
}

/** 32 characters Meta's dashboard takes; over 64 it fails silently (meta-platform §1.4). */
function newVerifyToken(world: World): string {
	return Buffer.from(world.randomBytes(24)).toString("base64url");
}
