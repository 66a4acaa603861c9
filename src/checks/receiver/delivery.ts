import { batchOf } from "../../payloads/batch.ts";
import { verifyAccountId } from "../../webhook/verify-account.ts";
import type { Check, Exchange, Judgement, Probe, Setup } from "../check.ts";
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

/** What Meta really sends, and what must not break a receiver (meta-platform §2.6, §3.4). */
export const deliveryChecks: readonly Check[] = [
	{
		id: "delivery.in-time",
		title: "a delivery is answered within the time Meta waits",
		probes: (setup) => [delivery(setup, "a mention", mention(setup, 200))],
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
	taking(
		"delivery.batch",
		"1000 changes in one delivery are taken",
		(setup) => {
			const value = mention(setup, 1000);
			const batch = batchOf({ json: JSON.stringify(value), value }, 1000);
			return [delivery(setup, "a delivery of 1000 mentions", batch.value)];
		},
		fixes.bodyLimit,
	),
	taking(
		"delivery.large-body",
		"a body of 300 KB is taken",
		(setup) => {
			const value = comment(setup, 2000, "a rather long comment ".repeat(40));
			const batch = batchOf({ json: JSON.stringify(value), value }, 270);
			return [delivery(setup, "a delivery of 300 KB", batch.value)];
		},
		fixes.bodyLimit,
	),
	taking(
		"delivery.twice",
		"the same delivery, sent again, is taken again",
		(setup) => {
			const probe = delivery(setup, "a mention", mention(setup, 230));
			return [probe, { ...probe, what: "the same mention again" }];
		},
		{
			says: "a duplicate is answered 200 like the first: remember its id and skip the work, do not refuse it",
		},
	),
	taking(
		"delivery.out-of-order",
		"an older delivery after a newer one is taken",
		(setup) => {
			const now = Math.floor(setup.now / 1000);
			return [
				delivery(setup, "a mention of now", mention(setup, 240, now)),
				delivery(
					setup,
					"a mention of an hour ago",
					mention(setup, 250, now - 3600),
				),
				delivery(
					setup,
					"a mention of 36 hours ago",
					mention(setup, 260, now - 129_600),
				),
			];
		},
		{
			says: "take late deliveries: Meta keeps no order and sends again for 36 hours; order by timestamp yourself",
		},
	),
	taking(
		"delivery.unknown-field",
		"a field it does not know is taken",
		(setup) => [
			delivery(
				setup,
				"a change of the field igwh_future_field",
				changes(setup, "igwh_future_field", {
					id: "17900000000000001",
					verb: "add",
				}),
			),
			delivery(
				setup,
				"a messaging event of a kind to come",
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
		title: "an object it does not know does not break it",
		control: "delivery",
		probes: (setup) => [
			delivery(setup, "a delivery of the object igwh_future_object", {
				...mention(setup, 270),
				object: "igwh_future_object",
			}),
		],
		judge: eachOf(unknownObject),
		fix: fixes.tolerate,
	},
	taking(
		"delivery.missing-members",
		"optional members may be missing",
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
	taking(
		"delivery.no-sender",
		"a messaging event without a sender is taken",
		(setup) => [
			delivery(setup, "a policy warning, which nobody sent", senderless(setup)),
		],
	),
	taking(
		"delivery.dashboard-test",
		"the Test button of the App Dashboard works",
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
				"the dashboard's Test of messages, which stands in changes",
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
		title: "a good signature on malformed JSON does not break it",
		control: "delivery",
		probes: (setup) => [
			junk(setup, "JSON that breaks off", '{"object": "instagram", "entry": ['),
			junk(setup, "a body that is not JSON", "this is not JSON"),
			junk(setup, "an empty body", ""),
		],
		judge: eachOf(survived),
		fix: fixes.catchJson,
	},
	{
		id: "delivery.strange-json",
		title: "a good signature on JSON of another shape does not break it",
		control: "delivery",
		probes: (setup) => [
			junk(setup, "null", "null"),
			junk(setup, "an array, as Meta's pages print it", "[]"),
			junk(setup, "a string", '"instagram"'),
			junk(
				setup,
				"an entry that is no list",
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
			says: "check the shape before reading members; Meta does not send this, but whoever has the secret can",
		},
	},
	{
		...taking(
			"delivery.many-at-once",
			"20 deliveries at once are all taken",
			(setup) =>
				Array.from({ length: 20 }, (_, index) =>
					delivery(
						setup,
						"20 mentions at once",
						mention(setup, 300 + 2 * index),
					),
				),
			fixes.answerFirst,
		),
		together: true,
		judge: allTaken,
	},
	taking(
		"delivery.still-answering",
		"it still answers after all of this",
		(setup) => [
			handshake(setup, { what: "a handshake at the end" }),
			delivery(setup, "a mention at the end", mention(setup, 400)),
		],
		fixes.surviveErrors,
	),
];

function taking(
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

/** Meta's own samples answer 404 to other objects, so that is no fault. */
function unknownObject(exchange: Exchange, setup: Setup): Judgement {
	const { answer } = exchange;
	return answer.kind === "response" &&
		answer.status >= 400 &&
		answer.status < 500
		? {
				status: "warn",
				detail: `refused with ${answer.status}; Meta would send it again for 36 hours`,
			}
		: accepted(exchange, setup);
}

/** Here, that nobody listens any more is the very failure; that handshakes are slow is told already. */
function alive(exchange: Exchange, setup: Setup): Judgement {
	const { answer, probe } = exchange;
	if (probe.method === "GET" && isTimeout(answer))
		return tooSlow("handshake.in-time");
	return answer.kind === "none" && answer.reason === "refused"
		? { status: "fail", detail: `it is gone: ${answer.message}` }
		: accepted(exchange, setup);
}

function allTaken(exchanges: readonly Exchange[], setup: Setup): Judgement {
	const worst = eachOf(accepted)(exchanges, setup);
	const bad = exchanges.filter(
		(exchange) => accepted(exchange, setup).status === "fail",
	).length;
	return bad === 0
		? { ...worst, detail: `all ${exchanges.length} taken` }
		: {
				...worst,
				detail: `${bad} of ${exchanges.length} not taken: ${worst.detail}`,
			};
}
