import { batchOf } from "../../payloads/batch.ts";
import { verifyAccountId } from "../../webhook/verify-account.ts";
import type {
	Check,
	Exchange,
	JudgeContext,
	Judgement,
	Probe,
	Setup,
} from "../check.ts";
import { type Fix, fixes } from "../fix.ts";
import {
	accepted,
	acceptedAtAll,
	asWarning,
	eachOf,
	inTime,
	isTimeout,
	survived,
	tooSlow,
} from "../judge.ts";
import {
	changes,
	comment,
	dashboardTest,
	mention,
	message,
	messaging,
	senderless,
} from "../payloads.ts";
import { delivery, handshake, signedBytes } from "../probes.ts";
import type { CheckId } from "./check-ids.ts";

/** Deliveries that Meta sends, and those that must not break a receiver (webhook/README: Retries, webhook/README: Test button). */
export const deliveryChecks: readonly Check[] = [
	{
		id: "delivery.in-time",
		title: "a delivery is answered within the time Meta waits",
		probes: "first delivery",
		judge: eachOf(inTime),
		fix: fixes.answerFirst,
	},
	{
		id: "delivery.ok",
		title: "a delivery is answered 200",
		control: "delivery",
		probes: (setup) => [
			delivery(setup, "a comment", comment(setup, 210, "hello")),
			delivery(setup, "a message", message(setup, 220, "hello")),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.tolerate,
	},
	accepting(
		"delivery.batch",
		"1000 changes in one delivery are accepted",
		(setup) => {
			const value = mention(setup, 1000);
			const batch = batchOf(JSON.stringify(value), 1000);
			return [
				delivery(setup, "a delivery of 1000 mentions", JSON.parse(batch)),
			];
		},
		fixes.bodyLimit,
	),
	accepting(
		"delivery.large-body",
		"a body of 300 KB is accepted",
		(setup) => {
			const value = comment(setup, 2000, "a rather long comment ".repeat(40));
			const batch = batchOf(JSON.stringify(value), 270);
			return [delivery(setup, "a delivery of 300 KB", JSON.parse(batch))];
		},
		fixes.bodyLimit,
	),
	accepting(
		"delivery.twice",
		"the same delivery sent again is accepted",
		(setup) => {
			const probe = delivery(setup, "a mention", mention(setup, 230));
			return [probe, { ...probe, what: "the same mention again" }];
		},
		{
			text: "answer a duplicate with 200 too: remember ids and skip the work, but do not refuse it",
		},
	),
	accepting(
		"delivery.out-of-order",
		"an older delivery after a newer one is accepted",
		(setup) => {
			const now = Math.floor(setup.now / 1000);
			return [
				delivery(setup, "a mention from now", mention(setup, 240, now)),
				delivery(
					setup,
					"a mention from an hour ago",
					mention(setup, 250, now - 3600),
				),
				delivery(
					setup,
					"a mention from 36 hours ago",
					mention(setup, 260, now - 129_600),
				),
			];
		},
		{
			text: "accept late deliveries: Meta keeps no order and retries for 36 hours; sort by timestamp yourself",
		},
	),
	accepting(
		"delivery.unknown-field",
		"an unknown field is accepted",
		(setup) => [
			delivery(
				setup,
				"a change with the field igwh_future_field",
				changes(setup, "igwh_future_field", {
					id: "17900000000000001",
					verb: "add",
				}),
			),
			delivery(
				setup,
				"a messaging event of an unknown kind",
				messaging(setup, {
					sender: { id: "1234567890123456" },
					recipient: { id: verifyAccountId },
					timestamp: setup.now,
					igwh_future_event: { id: "1" },
				}),
			),
		],
	),
	{
		id: "delivery.unknown-object",
		title: "an unknown object does not break it",
		control: "delivery",
		probes: (setup) => [
			delivery(setup, "a delivery with the object igwh_future_object", {
				...mention(setup, 270),
				object: "igwh_future_object",
			}),
		],
		judge: eachOf(unknownObject),
		fix: fixes.tolerate,
	},
	accepting(
		"delivery.missing-members",
		"optional properties may be missing",
		(setup) => [
			delivery(
				setup,
				"a comment without from and text",
				changes(setup, "comments", { id: String(setup.firstId + 280n) }),
			),
			delivery(
				setup,
				"a mention without comment_id, as in a caption",
				changes(setup, "mentions", { media_id: String(setup.firstId + 281n) }),
			),
			delivery(setup, "an entry without time and without changes", {
				entry: [{ id: verifyAccountId }],
				object: "instagram",
			}),
			delivery(setup, "a change without a value", {
				entry: [{ id: verifyAccountId, changes: [{ field: "comments" }] }],
				object: "instagram",
			}),
		],
	),
	accepting(
		"delivery.no-sender",
		"a messaging event without a sender is accepted",
		(setup) => [
			delivery(
				setup,
				"a policy warning, which has no sender",
				senderless(setup),
			),
		],
	),
	accepting(
		"delivery.dashboard-test",
		"the Test button of the App Dashboard is accepted",
		(setup) => [
			delivery(
				setup,
				"the dashboard's Test of mentions",
				dashboardTest(setup, "mentions", {
					media_id: "17887498072083520",
					comment_id: "17887498072083520",
				}),
			),
			delivery(
				setup,
				"the dashboard's Test of messages, which is a change",
				dashboardTest(setup, "messages", {
					sender: { id: "12334" },
					recipient: { id: "23245" },
					timestamp: "1527459824",
					message: { mid: "random_mid", text: "random_text" },
				}),
			),
		],
	),
	{
		id: "delivery.malformed-json",
		title: "malformed JSON with a good signature does not break it",
		control: "delivery",
		probes: (setup) => [
			junk(setup, "truncated JSON", '{"object": "instagram", "entry": ['),
			junk(setup, "a body that is not JSON", "this is not JSON"),
			junk(setup, "an empty body", ""),
		],
		judge: eachOf(survived),
		fix: fixes.catchJson,
	},
	{
		id: "delivery.strange-json",
		title: "JSON of another shape with a good signature does not break it",
		control: "delivery",
		probes: (setup) => [
			junk(setup, "null", "null"),
			junk(setup, "an empty array", "[]"),
			junk(setup, "a string", '"instagram"'),
			junk(
				setup,
				"an entry that is not a list",
				'{"object": "instagram", "entry": {}}',
			),
			junk(
				setup,
				"an entry that is null",
				'{"object": "instagram", "entry": [null]}',
			),
		],
		judge: eachOf(asWarning(survived)),
		fix: {
			text: "check the shape before reading properties; Meta does not send this, but anyone with the secret can",
		},
	},
	{
		...accepting(
			"delivery.many-at-once",
			"20 concurrent deliveries are all accepted",
			(setup) =>
				Array.from({ length: 20 }, (_, index) =>
					delivery(
						setup,
						"one of 20 concurrent mentions",
						mention(setup, 300 + 2 * index),
					),
				),
			fixes.answerFirst,
		),
		together: true,
		judge: allAccepted,
	},
	accepting(
		"delivery.still-answering",
		"it still answers after all other checks",
		(setup) => [
			handshake(setup, { what: "a handshake at the end" }),
			delivery(setup, "a mention at the end", mention(setup, 400)),
		],
		fixes.surviveErrors,
	),
];

function accepting(
	id: CheckId,
	title: string,
	probes: Check["probes"],
	fix: Fix = fixes.tolerate,
): Check {
	return {
		id,
		title,
		control: "delivery",
		probes,
		judge: eachOf(id === "delivery.still-answering" ? alive : accepted),
		fix,
	};
}

function junk(setup: Setup, what: string, body: string): Probe {
	return signedBytes(setup, `${what}, with a good signature`, {
		body: Buffer.from(body),
	});
}

/** Meta's own samples answer 404 to other objects, so that is only a warning. */
function unknownObject(exchange: Exchange, context: JudgeContext): Judgement {
	const { answer } = exchange;
	return answer.kind === "response" &&
		answer.status >= 400 &&
		answer.status < 500
		? {
				status: "warn",
				detail: `refused with ${answer.status}; Meta would retry it for 36 hours`,
			}
		: accepted(exchange, context);
}

/** Here a receiver that has stopped is the failure; `handshake.in-time` reports slow handshakes. */
function alive(exchange: Exchange, context: JudgeContext): Judgement {
	const { answer, probe } = exchange;
	if (probe.method === "GET" && isTimeout(answer))
		return tooSlow("handshake.in-time");
	return answer.kind === "none" && answer.reason === "refused"
		? { status: "fail", detail: `the receiver has stopped: ${answer.message}` }
		: accepted(exchange, context);
}

function allAccepted(
	exchanges: readonly Exchange[],
	context: JudgeContext,
): Judgement {
	const worst = eachOf(accepted)(exchanges, context);
	const bad = exchanges.filter(
		(exchange) => accepted(exchange, context).status === "fail",
	).length;
	return bad === 0
		? { ...worst, detail: `all ${exchanges.length} accepted` }
		: {
				...worst,
				detail: `${bad} of ${exchanges.length} not accepted: ${worst.detail}`,
			};
}
