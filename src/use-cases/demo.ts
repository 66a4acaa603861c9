import { expectedStatus } from "../cli/readers/status.ts";
import { type Config, loadConfig } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import type {
	AnyRecord,
	DeliveryRecord,
	DemoSummaryRecord,
	HandshakeRecord,
	MentionRecord,
	ReadyRecord,
	ReplayRecord,
	ReplyRecord,
	StepEndRecord,
	StepRecord,
	SubscriptionRecord,
	TriggerRecord,
} from "../records.ts";
import { defaultInstagramFields } from "../webhook/fields.ts";
import { windUp } from "../wind-up.ts";
import type { World } from "../world.ts";
import { type ListenRecord, listen } from "./listen.ts";
import { lookup } from "./lookup.ts";
import { plainReplay, replay } from "./replay.ts";
import { reply } from "./reply.ts";
import { runSandbox, sandboxSettings } from "./run-sandbox.ts";
import { subscribe } from "./subscribe.ts";
import { trigger } from "./trigger.ts";

export type DemoRecord =
	| StepRecord
	| StepEndRecord
	| DemoSummaryRecord
	| AnyRecord;

/** What one step does, and when it holds. */
interface Step {
	title: string;
	command: string;
	run(stage: Stage): AsyncIterable<AnyRecord>;
	/** What does not hold, if anything. */
	problem(records: readonly AnyRecord[], stage: Stage): string | undefined;
}

/** What the steps share: their own sandbox, listener and store. */
interface Stage {
	config: Config;
	world: World;
	listener: AsyncIterator<ListenRecord>;
	callbackUrl: string;
	mentions: MentionRecord[];
	answers: ReplyRecord[];
}

/**
 * The whole loop on this machine: a sandbox in Meta's place, a real receiver, a
 * handshake, five deliveries, two mentions read and answered, a replay and a
 * forgery. Every step is the command a person would type.
 */
export async function* demo(
	_input: object,
	_config: Config,
	world: World,
): AsyncGenerator<DemoRecord> {
	const stopping = new AbortController();
	const inner = {
		...world,
		interrupt: AbortSignal.any([world.interrupt, stopping.signal]),
	};
	const home = await world.files.makeTemporaryFolder();
	const running: AsyncIterator<unknown>[] = [];
	try {
		const sandbox = runSandbox(
			{
				port: 0,
				closed: [],
				retrySpeed: 1,
				allowPublicCallbacks: false,
			},
			await loadConfig({}, inner, {}),
			inner,
		);
		running.push(sandbox);
		const { value: ready } = await sandbox.next();
		const { url } = ready as { url: string };
		const config = await loadConfig(
			{ sandbox: true, home, graphUrl: url },
			inner,
			sandboxSettings,
		);
		const listener = listen(
			{
				port: 0,
				tunnel: false,
				publicUrl: undefined,
				tunnelHost: "",
				subdomain: undefined,
				forward: [],
			},
			config,
			inner,
		);
		running.unshift(listener);
		yield* perform({
			config,
			world: inner,
			listener,
			callbackUrl: "",
			mentions: [],
			answers: [],
		});
	} finally {
		stopping.abort();
		await windUp([
			...running.map((iterator) => () => iterator.return?.()),
			() => world.files.remove(home),
		]);
	}
}

async function* perform(stage: Stage): AsyncGenerator<DemoRecord> {
	for (const [index, { title, command, run, problem }] of steps.entries()) {
		const number = index + 1;
		yield { type: "step", number, title, command };
		const records: AnyRecord[] = [];
		for await (const record of run(stage)) {
			records.push(record);
			yield record;
		}
		const wrong = problem(records, stage);
		yield {
			type: "step-end",
			number,
			ok: wrong === undefined,
			...(wrong && { problem: wrong }),
		};
		if (wrong !== undefined)
			throw new IgwhError(
				"check",
				`step ${number}, ${title.toLowerCase()}: ${wrong}`,
				"run it again with --json, and report what it prints",
			);
	}
	yield { type: "summary", steps: steps.length, ok: steps.length, failed: 0 };
}

const text = {
	commentMention: "@bluebottle challenge?",
	captionMention: "@bluebottle There can be only one!",
};

const steps: readonly Step[] = [
	{
		title: "Receive webhooks",
		command: "igwh listen --sandbox",
		async *run(stage) {
			const ready = await next<ReadyRecord>(stage, "ready");
			stage.callbackUrl = ready.callbackUrl;
			yield ready;
		},
		problem: () => undefined,
	},
	{
		title: "Subscribe the app and its pages; Meta verifies the callback URL",
		command:
			"igwh subscribe --all --callback http://127.0.0.1:7300/webhook --sandbox",
		async *run(stage) {
			yield* subscribe(
				{
					pages: [],
					fields: ["feed"],
					callback: stage.callbackUrl,
					instagramFields: defaultInstagramFields,
					all: true,
					list: false,
					dryRun: false,
				},
				stage.config,
				stage.world,
			);
			yield await next(stage, "handshake");
		},
		problem(records) {
			const handshake = ofType<HandshakeRecord>(records, "handshake")[0];
			const subscriptions = ofType<SubscriptionRecord>(records, "subscription");
			if (!handshake?.ok) return "the handshake was refused";
			return subscriptions.every(({ changed }) => changed)
				? undefined
				: "something stayed unsubscribed";
		},
	},
	happening("Someone mentions you in a comment", "mentions", {
		text: text.commentMention,
	}),
	happening("Someone mentions you in a caption", "mentions", {
		caption: text.captionMention,
	}),
	happening("Someone comments on your post", "comments", {
		text: "Where can I buy this?",
	}),
	happening("Someone comments while you are live", "live_comments", {
		text: "hello from the sofa 👋",
	}),
	happening("Your story expires, its insights arrive", "story_insights", {}),
	{
		title: "Look up what the mentions say",
		command: "igwh lookup --sandbox",
		async *run({ config, world, mentions }) {
			for await (const record of lookup({ ids: [] }, config, world)) {
				if (record.type === "mention" && record.field === "mentions")
					mentions.push(record);
				yield record;
			}
		},
		problem: (_, { mentions }) =>
			mentions.map(({ text }) => text).join() === Object.values(text).join()
				? undefined
				: "the texts are not those that were written",
	},
	answering("Answer the comment", "comment", "Challenge accepted!"),
	answering("Answer the caption", "caption", "MacLeod agrees!"),
	{
		title: "Read the caption's answer back",
		command: "igwh lookup <media-id> --sandbox",
		async *run({ config, world, mentions }) {
			const ids = mentions.map(({ mediaId }) => mediaId);
			yield* lookup({ ids: [...new Set(ids)] }, config, world);
		},
		// Meta documents no list that would show the answer to the comment.
		problem(records, { answers }) {
			const comments = ofType<MentionRecord>(records, "mention").flatMap(
				({ comments }) => comments ?? [],
			);
			const answer = answers.find(({ commentId }) => commentId === undefined);
			return comments.some(
				({ id, text }) => id === answer?.id && text === answer.message,
			)
				? undefined
				: "the answer is not there";
		},
	},
	replaying("Replay a fixture, signed as Meta signs", undefined, "2xx"),
	replaying("Replay it with a changed byte; it must be refused", "body", "401"),
];

/** Makes something happen in the sandbox, and waits for the delivery it leads to. */
function happening(
	title: string,
	field: string,
	what: { text?: string; caption?: string },
): Step {
	const flags = Object.entries(what).map(
		([name, value]) => ` --${name} '${value}'`,
	);
	return {
		title,
		command: `igwh trigger ${field}${flags.join("")}`,
		async *run(stage) {
			yield* trigger(
				{
					field,
					text: what.text,
					from: undefined,
					account: undefined,
					caption: what.caption,
					ad: false,
				},
				stage.config,
				stage.world,
			);
			yield await next(stage, "delivery");
		},
		problem(records) {
			const [sent] = ofType<TriggerRecord>(records, "trigger");
			const [delivery] = ofType<DeliveryRecord>(records, "delivery");
			const [change] = delivery?.changes ?? [];
			if (!delivery?.signature.valid) return "the signature was not valid";
			return change?.field === field &&
				JSON.stringify(change.value) === JSON.stringify(sent?.value)
				? undefined
				: "what arrived is not what happened";
		},
	};
}

function answering(
	title: string,
	kind: MentionRecord["kind"],
	message: string,
): Step {
	return {
		title,
		command: `igwh reply --${kind === "comment" ? "comment-id <id> --media-id" : "media-id"} <id> --message '${message}' --sandbox`,
		async *run({ config, world, mentions, answers }) {
			const mention = mentions.find((mention) => mention.kind === kind);
			const { commentId, mediaId } = mention ?? {};
			for await (const record of reply(
				{ commentId, mediaId, message },
				config,
				world,
			)) {
				if (record.type === "reply") answers.push(record);
				yield record;
			}
		},
		problem: (records) =>
			records.length === 1 ? undefined : "no answer was sent",
	};
}

function replaying(
	title: string,
	tamper: "body" | undefined,
	expect: string,
): Step {
	const flags = tamper ? ` --tamper ${tamper} --expect ${expect}` : "";
	return {
		title,
		command: `igwh replay fixtures/mentions.json${flags} --sandbox`,
		async *run(stage) {
			yield* replay(
				{
					...plainReplay,
					sources: ["mentions"],
					tamper,
					expect: expectedStatus.read(expect),
				},
				stage.config,
				stage.world,
			);
			yield await next(stage, "delivery");
		},
		problem(records) {
			const [sent] = ofType<ReplayRecord>(records, "replay");
			const [delivery] = ofType<DeliveryRecord>(records, "delivery");
			return sent?.ok && delivery?.signature.valid === (tamper === undefined)
				? undefined
				: "the receiver judged it wrongly";
		},
	};
}

const waitMs = 5000;

/** The listener's next record of a type. @throws IgwhError `check` where none comes */
async function next<T extends AnyRecord>(
	{ listener, world }: Stage,
	type: T["type"],
): Promise<T> {
	const patience = new AbortController();
	const late = world.clock.sleep(waitMs, patience.signal).then(() => undefined);
	try {
		for (;;) {
			const result = await Promise.race([listener.next(), late]);
			if (result === undefined || result.done)
				throw new IgwhError(
					"check",
					`the listener told of no ${type} within ${waitMs / 1000} s`,
					"run it again with --json, and report what it prints",
				);
			const record: AnyRecord = result.value;
			if (record.type === type) return record as T;
		}
	} finally {
		patience.abort();
	}
}

function ofType<T extends AnyRecord>(
	records: readonly AnyRecord[],
	type: T["type"],
): T[] {
	return records.filter((record) => record.type === type) as T[];
}
