import { answerProbe } from "../../callback/probe-listener.ts";
import type { Config } from "../../config/config.ts";
import { type Answering, replyWith } from "../../mentions/reply-with.ts";
import {
	type ReceiveOptions,
	type Receiving,
	startReceiver,
} from "../../receiver/start-receiver.ts";
import type { Store } from "../../store/store.ts";
import { type Listener, newToken } from "./listener.ts";

export interface ListenerReceiving extends Receiving {
	healthToken: string;
}

/** Serves the receiver, and answers mentions with the program of `--reply-with`. */
export async function receive(listener: Listener): Promise<ListenerReceiving> {
	const { input, config, world, store, screen, endings } = listener;
	const { secrets, verifyToken } = listener;
	const answering = startAnswering(listener);
	const healthToken = newToken(world);
	const receiving = await startReceiver(
		{
			...input,
			verifyToken,
			healthToken,
			secrets,
			store,
			emit: (record) => {
				screen.emit(record);
				if (record.type === "delivery") answering?.received(record.id);
			},
			onPending: world.terminal.interactive ? screen.pending : undefined,
			...answeringProbes(config, store),
		},
		world,
	);
	endings.unshift(receiving.stop);
	return { ...receiving, healthToken };
}

function startAnswering(listener: Listener): Answering | undefined {
	const { input, config, world, store, records, endings } = listener;
	if (input.replyWith === undefined) return undefined;
	const answering = replyWith(
		input.replyWith,
		{ config, store, world },
		records.push,
	);
	endings.unshift(answering.close);
	return answering;
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
