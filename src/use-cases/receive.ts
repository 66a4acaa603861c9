import { answerProbe } from "../callback/probe-listener.ts";
import type { HeaderList } from "../http.ts";
import { type PassOnOptions, passOn } from "../receiver/pass-on.ts";
import { healthTarget, receiver, webhookPath } from "../receiver/receiver.ts";
import type { DeliveryRecord, HandshakeRecord } from "../records.ts";
import type { Override } from "../store/overrides.ts";
import type { Store } from "../store/store.ts";
import { createRedaction } from "../webhook/redact-json.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { acceptDeliveries } from "./accept-deliveries.ts";
import type { Recording } from "./export-fixture.ts";

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
	/** The folder that takes each delivery as a fixture. */
	record?: string | undefined;
	/** What is recorded has its ids, names and texts replaced. */
	redact?: boolean;
}

export interface ReceiveOptions extends ReceiveInput {
	verifyToken: string;
	healthToken: string;
	secrets: readonly SigningSecret[];
	store: Store;
	/** With it, other listeners of the app learn what this one overrides. */
	appSecret?: string | undefined;
	overrideHeld?(): Override | undefined;
	tell(record: HandshakeRecord | DeliveryRecord): void;
}

export interface Receiving {
	port: number;
	localUrl: string;
	/** Answers 200 as long as this receiver runs. */
	aliveUrl: string;
	/** Takes nothing more, and lets what is under way end, for 2 s at most. */
	stop(): Promise<void>;
}

/** Larger than any delivery seen: 1000 changes make some hundred kilobytes. */
const maxBodyBytes = 4 * 1024 * 1024;

/** How long deliveries under way may take once the listener ends. */
const drainMs = 2000;

/**
 * Serves the receiver: what it accepts is stored, forwarded and told.
 * @throws IgwhError `network`
 */
export async function startReceiving(
	options: ReceiveOptions,
	world: World,
): Promise<Receiving> {
	const { verifyToken, healthToken, secrets, store, tell } = options;
	const passing = passOn(passOnOptions(options), world);
	const { accept, settled, giveUp } = acceptDeliveries(
		{
			store,
			passing,
			ackFirst: options.ackFirst ?? false,
			recording: recording(options),
			tell,
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
			onHandshake: tell,
			...(options.appSecret !== undefined && {
				probe: (query: URLSearchParams) =>
					answerProbe(query, options.appSecret ?? "", () =>
						options.overrideHeld?.(),
					),
			}),
			...(options.forwardHandshake && { forwardHandshake: passing.handshake }),
		}),
		{ port: options.port, maxBodyBytes },
	);
	const stop = async () => {
		const over = new AbortController();
		const done = server.close().then(settled);
		await Promise.race([done, world.clock.sleep(drainMs, over.signal)]);
		over.abort();
		const untold = giveUp();
		if (untold > 0)
			world.terminal.note(
				`igwh: ${untold} more are stored, but not shown; see them with: igwh events`,
			);
	};
	let stopped: Promise<void> | undefined;
	return {
		port: server.port,
		localUrl: `${server.url}${webhookPath}`,
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

function passOnOptions(options: ReceiveOptions): PassOnOptions {
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
