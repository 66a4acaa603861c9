import type { StoredDelivery } from "../../store/stored-delivery.ts";
import { deliveryTimeoutMs } from "../../webhook/meta-retries.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	sources,
	unknown,
	warn,
} from "./live-check.ts";

const hour = 3_600_000;
const nothingReceived = unknown("this store has received no delivery");

/** What the store says of the deliveries received here. */
export const deliveryChecks: readonly LiveCheck[] = [
	{
		id: "delivery.disabled",
		title: "Meta did not end the subscription after failed deliveries",
		needs: needed(
			"app.secret",
			"token.host",
			"token.valid",
			"token.expiry",
			"token.app",
			"token.type",
			"page.token",
			"permission.pages_manage_metadata",
			"permission.instagram_business_basic",
		),
		judge: judgeDisabled,
		fix: "repair the receiver first (igwh verify <url>), then subscribe again: igwh subscribe",
		why: "After an hour of failed deliveries Meta unsubscribes the app from the page or account, and sends the developers an alert, Webhooks Disabled. It does not subscribe again by itself. The page is documented for messaging; whether it applies to comments is not.",
		source: sources.webhooks,
	},
	{
		id: "delivery.signature",
		title: "recent deliveries are signed with a configured secret",
		judge: judgeSignatures,
		fix: "set the secret of the app that is subscribed: IGWH_APP_SECRET, or with Instagram Login IGWH_INSTAGRAM_APP_SECRET; after a reset of the secret, the new one",
		why: "Meta signs the bytes of each delivery with the app secret; with Instagram Login with the Instagram app secret. A wrong secret, or a body that was parsed and printed again, makes every signature wrong.",
		source: sources.handshake,
	},
	{
		id: "delivery.answered",
		title: "your app accepts what is forwarded to it",
		needs: ["delivery.disabled"],
		judge: judgeAnswers,
		fix: "find the cause with: igwh verify <url of your app>; send them again with: igwh replay --failed",
		why: "Meta repeats deliveries that are not answered 200, for up to 36 hours, then drops them.",
		source: sources.handshake,
	},
	{
		id: "delivery.speed",
		title: "your app answers within 5 s",
		judge: judgeForwardSpeed,
		fix: "answer 200 first, then work: put the delivery into a queue",
		why: "Meta waits 5 s for the answer, counts a slower one as failed, and sends the delivery again.",
		source: sources.handshake,
	},
	{
		id: "delivery.duplicates",
		title: "deliveries arrive once",
		judge: ({ deliveries }) => {
			if (deliveries.length === 0) return nothingReceived;
			const count = deliveries.filter(({ duplicateOf }) => duplicateOf).length;
			return count > 0
				? warn(`${count} of the last ${deliveries.length} were sent before`)
				: pass(`none of the last ${deliveries.length} was sent twice`);
		},
		fix: "answer 200 within 5 s, and keep the ids of what was handled: a comment's id, a mention's comment_id or media_id",
		why: "Meta repeats what was not answered in time, and asks receivers to remove duplicates themselves.",
		source: sources.handshake,
	},
	{
		id: "delivery.live",
		title: "a live delivery has arrived",
		judge: judgeLive,
		fix: "make something happen: comment on the account's media from another account",
		why: "The dashboard's Test goes past every condition but the callback URL: that it arrives proves nothing about live deliveries. Test events name the account 0.",
		source: sources.webhooks,
	},
];

function needed(...ids: LiveCheckId[]): readonly LiveCheckId[] {
	return ids;
}

/** What the dashboard's Test sends names no account. */
function isTest({ parsed }: StoredDelivery): boolean {
	return parsed.changes.every(({ accountId }) => accountId === "0");
}

export function liveDeliveries({ deliveries }: Facts): StoredDelivery[] {
	return deliveries.filter(
		(delivery) => delivery.verdict.valid && !isTest(delivery),
	);
}

export function testDeliveries({ deliveries }: Facts): StoredDelivery[] {
	return deliveries.filter(
		(delivery) => delivery.verdict.valid && isTest(delivery),
	);
}

async function judgeDisabled(facts: Facts): Promise<LiveJudgement> {
	const forwarded = liveDeliveries(facts).filter(
		({ forwards }) => forwards.length > 0,
	);
	const lastGood = forwarded.find(({ forwards }) => forwards.some(isGood));
	const failing = forwarded.slice(
		0,
		lastGood ? forwarded.indexOf(lastGood) : forwarded.length,
	);
	const [newest] = failing;
	const oldest = failing.at(-1);
	const span = newest && oldest ? newest.receivedAt - oldest.receivedAt : 0;
	if (span < hour) return pass("no hour of failed deliveries is on record");
	const minutes = Math.round(span / 60_000);
	return (await facts.subscribedFields()).length > 0
		? warn(
				`deliveries failed for ${minutes} minutes; the subscription still holds`,
			)
		: fail(
				`deliveries failed for ${minutes} minutes, and the subscription is gone`,
			);
}

function isGood({ status }: { status: number }): boolean {
	return status >= 200 && status < 300;
}

function judgeSignatures({ deliveries }: Facts): LiveJudgement {
	const [newest] = deliveries;
	if (!newest) return nothingReceived;
	const refused = deliveries.filter(({ verdict }) => !verdict.valid).length;
	const counted = `${refused} of the last ${deliveries.length} were refused`;
	if (!newest.verdict.valid)
		return fail(
			`the newest one was refused: ${newest.verdict.reason}; ${counted}`,
		);
	return refused > 0
		? warn(counted)
		: pass(`signed with the ${newest.verdict.secret}`);
}

function judgeAnswers({ deliveries }: Facts): LiveJudgement {
	const forwarded = deliveries.filter(({ forwards }) => forwards.length > 0);
	const last = forwarded[0]?.forwards.at(-1);
	if (!last) return unknown("nothing was forwarded to an app");
	const bad = forwarded.filter(({ forwards }) => !forwards.some(isGood)).length;
	if (!isGood(last))
		return fail(
			`${last.url} answered the newest one with ${last.status}${last.hint ? `: ${last.hint}` : ""}`,
		);
	return bad > 0
		? warn(`${bad} of the last ${forwarded.length} were not accepted`)
		: pass(`all of the last ${forwarded.length} were accepted`);
}

function judgeForwardSpeed({ deliveries }: Facts): LiveJudgement {
	const times = deliveries.flatMap(({ forwards }) =>
		forwards.map(({ ms }) => ms),
	);
	if (times.length === 0) return unknown("nothing was forwarded to an app");
	const slow = times.filter((ms) => ms > deliveryTimeoutMs).length;
	const slowest = Math.max(...times);
	return slow > 0
		? warn(
				`${slow} of ${times.length} answers took longer than 5 s; the slowest ${slowest} ms`,
			)
		: pass(`the slowest of ${times.length} answers took ${slowest} ms`);
}

function judgeLive(facts: Facts): LiveJudgement {
	const [newest] = liveDeliveries(facts);
	const now = facts.world.clock.now();
	if (newest) {
		const hours = Math.floor((now - newest.receivedAt) / hour);
		return pass(
			`the last one, ${newest.id}, ${hours < 1 ? "within the last hour" : `${hours} h ago`}`,
		);
	}
	return testDeliveries(facts).length > 0
		? unknown("only events of the dashboard's Test have arrived here")
		: nothingReceived;
}
