import type { Recording } from "../deliveries/export-fixture.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import type { HeaderList } from "../http.ts";
import { createRedaction } from "../payloads/redact.ts";
import type { Forward, StoredDelivery } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import { webhookPath } from "../webhook/webhook-path.ts";
import type { World } from "../world.ts";
import { acceptDeliveries } from "./accept-deliveries.ts";
import { createForwarder, type ForwarderOptions } from "./forwarder.ts";
import { healthTarget, type ReceiverOptions, receiver } from "./receiver.ts";
import type { HandshakeRecord, ReceiverCounts } from "./records.ts";

export interface ReceiveInput {
	port: number;
	/** The user's apps. */
	forward?: readonly URL[];
	/** Added to what is forwarded. */
	header?: HeaderList;
	insecure?: boolean;
	ackFirst?: boolean;
	forwardUnverified?: boolean;
	forwardHandshake?: boolean;
	/** Only deliveries with a change of these are forwarded. */
	field?: readonly string[];
	account?: readonly string[];
	/** The folder to write each delivery to, as a fixture. */
	record?: string | undefined;
	/** Recorded fixtures have their ids, names and texts replaced. */
	redact?: boolean;
}

export interface ReceiveOptions extends ReceiveInput {
	verifyToken: string;
	healthToken: string;
	secrets: readonly SigningSecret[];
	store: Store;
	/** Answers other listeners of the app that ask what this one overrides. */
	probe?: ReceiverOptions["probe"];
	emit(record: HandshakeRecord | DeliveryRecord): void;
	/** Called for a delivery whose app takes longer than a moment to answer. */
	onPending?: ((record: DeliveryRecord) => void) | undefined;
}

export interface Receiving {
	port: number;
	localUrl: string;
	/** Answers 200 as long as this receiver runs. */
	aliveUrl: string;
	/** What was received until now. */
	counts(): ReceiverCounts;
	/**
	 * Sends a stored delivery to the user's apps again, as it was received, and
	 * stores what they answer.
	 */
	replay(delivery: StoredDelivery): Promise<Forward[]>;
	/** Accepts nothing more, and lets what is under way end, for 2 s at most. */
	stop(): Promise<void>;
}

/** Larger than any delivery seen: 1000 changes are a few hundred kilobytes. */
const maxBodyBytes = 4 * 1024 * 1024;

/** How long deliveries under way may take once the listener ends. */
const drainMs = 2000;

/**
 * Serves the receiver: what it accepts is stored, forwarded and emitted.
 * @throws IgwhError `network`
 */
export async function startReceiver(
	options: ReceiveOptions,
	world: World,
): Promise<Receiving> {
	const { verifyToken, healthToken, secrets, store, emit } = options;
	const forwarder = createForwarder(forwarderOptions(options), world);
	const { accept, counts, settled, giveUp } = acceptDeliveries(
		{
			store,
			forwarder,
			ackFirst: options.ackFirst ?? false,
			recording: recording(options),
			emit,
			onPending: options.onPending,
		},
		world,
	);
	const server = await world.network.serve(
		receiver({
			verifyToken,
			healthToken,
			secrets,
			now: world.clock.now,
			accept,
			onHandshake: emit,
			...(options.probe && { probe: options.probe }),
			...(options.forwardHandshake && {
				forwardHandshake: forwarder.handshake,
			}),
		}),
		{ port: options.port, maxBodyBytes },
	);
	const stop = async () => {
		const over = new AbortController();
		const done = server.close().then(settled);
		await Promise.race([done, world.clock.sleep(drainMs, over.signal)]);
		over.abort();
		const notShown = giveUp();
		if (notShown > 0)
			world.terminal.note(
				`igwh: ${notShown} more ${notShown === 1 ? "delivery is" : "deliveries are"} stored, but not shown\n  list them with: igwh events`,
			);
	};
	let stopped: Promise<void> | undefined;
	return {
		port: server.port,
		localUrl: `${server.url}${webhookPath}`,
		counts,
		replay: async (delivery) => {
			const { forwards } = await forwarder.delivery(delivery, {
				method: "POST",
				...delivery,
			});
			await store.deliveries.addForwards(delivery.id, forwards);
			return forwards;
		},
		aliveUrl: `${server.url}${healthTarget(healthToken)}`,
		stop: () => {
			stopped ??= stop();
			return stopped;
		},
	};
}

function recording({ record, redact }: ReceiveInput): Recording | undefined {
	return record === undefined
		? undefined
		: { folder: record, redact: redact ? createRedaction() : undefined };
}

function forwarderOptions(options: ReceiveOptions): ForwarderOptions {
	return {
		targets: options.forward ?? [],
		headers: options.header ?? [],
		insecure: options.insecure ?? false,
		fields: options.field ?? [],
		accounts: options.account ?? [],
		unverified: options.forwardUnverified ?? false,
		secrets: options.secrets,
	};
}
