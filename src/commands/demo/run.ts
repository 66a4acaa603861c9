import type { SubscriptionRecord } from "../../callback/records.ts";
import type { AnyRecord } from "../../cli/record.ts";
import { type Config, loadConfig } from "../../config/config.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { MentionRecord, ReplyRecord } from "../../mentions/records.ts";
import type { HandshakeRecord } from "../../receiver/records.ts";
import { runAll } from "../../run-all.ts";
import { sandboxSettings } from "../../sandbox/credentials.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import type { World } from "../../world.ts";
import type { ListenRecord, ReadyRecord } from "../listen/records.ts";
import * as listen from "../listen/run.ts";
import * as lookup from "../lookup/run.ts";
import { expectedStatus } from "../replay/expected-status.ts";
import type { ReplayRecord } from "../replay/records.ts";
import * as replay from "../replay/run.ts";
import * as reply from "../reply/run.ts";
import * as sandbox from "../sandbox/run.ts";
import * as subscribe from "../subscribe/run.ts";
import type { TriggerRecord } from "../trigger/records.ts";
import * as trigger from "../trigger/run.ts";
import type {
	DemoSummaryRecord,
	StepEndRecord,
	StepRecord,
} from "./records.ts";

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
export async function* run(
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
		const graphApi = sandbox.run(
			{
				port: 0,
				closed: [],
				retrySpeed: 1,
				allowPublicCallbacks: false,
				ephemeral: true,
			},
			await loadConfig({}, inner, {}),
			inner,
		);
		running.push(graphApi);
		const { value: ready } = await graphApi.next();
		const { url } = ready as { url: string };
		const config = await loadConfig(
			{ sandbox: true, home, graphUrl: url },
			inner,
			sandboxSettings,
		);
		const listener = listen.run(
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
		await runAll([
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
			yield* subscribe.run(
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
			for await (const record of lookup.run({ ids: [] }, config, world)) {
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
			yield* lookup.run({ ids: [...new Set(ids)] }, config, world);
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
			yield* trigger.run(
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
			for await (const record of reply.run(
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
			yield* replay.run(
				{
					...replay.plainReplay,
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
