import { verifyAccountId as account } from "../webhook/verify-account.ts";
import type { Setup } from "./check.ts";

/** Payloads in the shapes of live traffic (webhook/README: Encodings, webhook/README: Fields), with fictitious ids. */

/** Every check uses its own ids, so that none of its deliveries is a duplicate of another check's. */
const id = ({ firstId }: Setup, number: number) =>
	String(firstId + BigInt(number));

const seconds = ({ now }: Setup) => Math.floor(now / 1000);

/** A `changes` delivery, in the key order of live ones. */
export function changes(
	setup: Setup,
	field: string,
	value: unknown,
	time = seconds(setup),
) {
	return {
		entry: [{ id: account, time, changes: [{ value, field }] }],
		object: "instagram",
	};
}

export function mention(setup: Setup, number: number, time?: number) {
	const value = {
		media_id: id(setup, number),
		comment_id: id(setup, number + 1),
	};
	return changes(setup, "mentions", value, time);
}

export function comment(setup: Setup, number: number, text: string) {
	return changes(setup, "comments", {
		from: { id: "1234567890123456", username: "igwh.verify" },
		media: { id: id(setup, number), media_product_type: "FEED" },
		id: id(setup, number + 1),
		text,
	});
}

/** A `messaging` delivery of one event. */
export function messaging(setup: Setup, event: Record<string, unknown>) {
	return {
		object: "instagram",
		entry: [{ time: setup.now, id: account, messaging: [event] }],
	};
}

export function message(setup: Setup, number: number, text: string) {
	return messaging(setup, {
		sender: { id: "1234567890123456" },
		recipient: { id: account },
		timestamp: setup.now,
		message: { mid: `aWdfdmVyaWZ5${id(setup, number)}`, text },
	});
}

/** A policy warning, which has no sender. */
export function senderless(setup: Setup) {
	return messaging(setup, {
		recipient: { id: account },
		timestamp: setup.now,
		policy_enforcement: { action: "warning", reason: "spam" },
	});
}

/** What the App Dashboard's Test button sends: the field first, ids that do not exist, entry id 0. */
export function dashboardTest(setup: Setup, field: string, value: unknown) {
	return {
		entry: [{ id: "0", time: seconds(setup), changes: [{ field, value }] }],
		object: "instagram",
	};
}

/** The characters that JSON encoders write differently. */
export const awkwardText =
	'café 👑 a/b https://example.com/?q=1&r=2#top <b>bold</b> 100% @you "quoted" it\'s back\\slash\ttab\nline \u2028\u007f ünïcödé 日本語';
