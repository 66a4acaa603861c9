import type { SubscriptionRecord } from "../../callback/records.ts";
import type { AnyRecord } from "../../cli/record.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import type { MentionRecord } from "../../mentions/records.ts";
import type { HandshakeRecord } from "../../receiver/records.ts";
import { sandboxPort } from "../../sandbox/credentials.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import * as lookup from "../lookup/run.ts";
import { expectedStatus } from "../replay/expected-status.ts";
import type { ReplayRecord } from "../replay/records.ts";
import * as replay from "../replay/run.ts";
import * as reply from "../reply/run.ts";
import * as subscribe from "../subscribe/run.ts";
import type { TriggerRecord } from "../trigger/records.ts";
import * as trigger from "../trigger/run.ts";
import { listenPort, next, type Stage, sandboxFlags } from "./stage.ts";

/** What one step does, and when it succeeds. */
interface Step {
	title: string;
	/** What a person would type for it, without the program's name. */
	command(stage: Stage): string;
	run(stage: Stage): AsyncIterable<AnyRecord>;
	/** What is wrong, if anything. */
	problem(records: readonly AnyRecord[], stage: Stage): string | undefined;
}

const text = {
	commentMention: "@bluebottle challenge?",
	captionMention: "@bluebottle There can be only one!",
};

export const steps: readonly Step[] = [
	{
		title: "Run a Graph API on this machine, in Meta's place",
		command: ({ sandbox }) => `sandbox${portFlag(sandbox.url, sandboxPort)}`,
		async *run({ sandbox }) {
			yield sandbox;
		},
		problem: () => undefined,
	},
	{
		title: "Receive webhooks",
		command: (stage) =>
			`listen${portFlag(stage.listening.localUrl, listenPort)}${sandboxFlags(stage)}`,
		async *run({ listening }) {
			yield listening;
		},
		problem: () => undefined,
	},
	{
		title: "Subscribe the app and its pages; Meta verifies the callback URL",
		command: (stage) =>
			`subscribe --all --callback ${stage.listening.callbackUrl}${sandboxFlags(stage)}`,
		async *run(stage) {
			yield* subscribe.run(
				{
					pages: [],
					fields: ["feed"],
					callback: stage.listening.callbackUrl,
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
				: "not everything was subscribed";
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
		command: (stage) => `lookup${sandboxFlags(stage)}`,
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
		command: (stage) =>
			`lookup ${mediaIds(stage).join(" ")}${sandboxFlags(stage)}`,
		async *run(stage) {
			const { config, world } = stage;
			yield* lookup.run({ ids: mediaIds(stage) }, config, world);
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
		command: (stage) =>
			`trigger ${field}${flags.join("")}${sandboxFlags(stage)}`,
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
		command: (stage) => {
			const { commentId, mediaId } = mentionOf(kind, stage);
			const comment = commentId ? ` --comment-id ${commentId}` : "";
			return `reply${comment} --media-id ${mediaId} --message '${message}'${sandboxFlags(stage)}`;
		},
		async *run(stage) {
			const { config, world, answers } = stage;
			const { commentId, mediaId } = mentionOf(kind, stage);
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
		command: (stage) => `replay mentions${flags}${sandboxFlags(stage)}`,
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

function ofType<T extends AnyRecord>(
	records: readonly AnyRecord[],
	type: T["type"],
): T[] {
	return records.filter((record) => record.type === type) as T[];
}

function portFlag(url: string, usual: number): string {
	const { port } = new URL(url);
	return port === String(usual) ? "" : ` --port ${port}`;
}

function mediaIds({ mentions }: Stage): string[] {
	return [...new Set(mentions.map(({ mediaId }) => mediaId))];
}

function mentionOf(
	kind: MentionRecord["kind"],
	{ mentions }: Stage,
): Partial<MentionRecord> {
	return mentions.find((mention) => mention.kind === kind) ?? {};
}
