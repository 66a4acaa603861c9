import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * What a webhook receiver must know, as an app would write it: nothing here is
 * igwh's own code.
 */
export interface Rules {
	secret: string;
	verifyToken: string;
}

/** The challenge to give back, or nothing. */
export function challengeFor(
	query: URLSearchParams,
	{ verifyToken }: Rules,
): string | undefined {
	return query.get("hub.mode") === "subscribe" &&
		query.get("hub.verify_token") === verifyToken
		? (query.get("hub.challenge") ?? undefined)
		: undefined;
}

export function isSigned(
	raw: Uint8Array,
	header: string | null | undefined,
	{ secret }: Rules,
): boolean {
	const good = Buffer.from(
		`sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`,
	);
	const sent = Buffer.from(header ?? "");
	return sent.length === good.length && timingSafeEqual(sent, good);
}

/** Reads what it can; says whether it was JSON. */
export function handle(raw: Uint8Array): boolean {
	try {
		const payload = JSON.parse(Buffer.from(raw).toString("utf8"));
		for (const entry of payload?.entry?.[Symbol.iterator] ? payload.entry : [])
			for (const change of entry?.changes ?? entry?.messaging ?? [])
				String(change?.field);
		return true;
	} catch {
		return false;
	}
}

export interface Running {
	url: string;
	close(): Promise<void> | void;
}

export type Start = (rules: Rules) => Promise<Running>;
