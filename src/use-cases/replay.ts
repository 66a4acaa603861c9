import type { Config } from "../config.ts";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { webhookPath } from "../receiver/receiver.ts";
import type { ReplayRecord, ReplaySummaryRecord } from "../records.ts";
import { openStore, type Store } from "../store/store.ts";
import { explainAnswer } from "../webhook/explain-answer.ts";
import { deliveryHeaders } from "../webhook/meta-request.ts";
import { signatureHeaders } from "../webhook/signature.ts";
import type { WireStyle } from "../webhook/wire-encoding.ts";
import { UnreachableError, type World } from "../world.ts";
import { type ReplaySource, readSources } from "./replay-sources.ts";

export interface ReplayInput {
	sources: readonly string[];
	to: string | undefined;
	secretFrom: "app" | "instagram" | undefined;
	tamper: "body" | "signature" | undefined;
	expect: string;
}

/** Sends payloads as Meta would: its encoding, its headers, its signatures. */
export async function* replay(
	input: ReplayInput,
	config: Config,
	world: World,
): AsyncGenerator<ReplayRecord | ReplaySummaryRecord> {
	const expected = statusPattern(input.expect);
	const store = await openStore(config, world);
	try {
		const sources = await readSources(input.sources, store, world);
		const to = targetUrl(input.to, store);
		const secret = await signingSecret(input.secretFrom, config);
		const sent: ReplayRecord[] = [];
		for (const source of sources) {
			const record = await send(source, { to, secret, expected, input }, world);
			sent.push(record);
			yield record;
		}
		yield summary(sent);
		checkAll(sent, input.expect);
	} finally {
		store.close();
	}
}

interface Sending {
	to: string;
	secret: string;
	expected: RegExp;
	input: ReplayInput;
}

async function send(
	source: ReplaySource,
	{ to, secret, expected, input }: Sending,
	{ network, clock }: World,
): Promise<ReplayRecord> {
	const { body, headers } = signedRequest(source, secret, input.tamper);
	const [signature = ""] = headers
		.filter(([name]) => name === signatureHeaders.sha256)
		.map(([, value]) => value);
	const startedAt = clock.now();
	const record = (status: number, hint: string | undefined): ReplayRecord => {
		const ok = expected.test(String(status));
		return {
			type: "replay",
			source: source.name,
			to,
			status,
			ms: clock.now() - startedAt,
			bytes: body.length,
			signature,
			ok,
			...(!ok && hint && { hint }),
		};
	};
	try {
		const response = await network.send({
			method: "POST",
			url: to,
			headers,
			body,
			timeoutMs: 30_000,
		});
		return record(
			response.status,
			explainAnswer(response.status, bodyText(response)) ??
				"the receiver took it",
		);
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		return record(0, error.message);
	}
}

/** Tampering changes a byte after the signature was made, as someone on the way would. */
function signedRequest(
	{ body, style }: { body: Uint8Array; style: WireStyle },
	secret: string,
	tamper: ReplayInput["tamper"],
) {
	const headers = deliveryHeaders(body, style, secret);
	if (tamper === "body")
		return { headers, body: Buffer.concat([body, Buffer.from(" ")]) };
	if (tamper === "signature")
		return {
			headers: headers.map(
				([name, value]) =>
					[
						name,
						value.replace(
							/^(sha\d+=)(.)/,
							(_, prefix, digit) => `${prefix}${digit === "0" ? "1" : "0"}`,
						),
					] as const,
			),
			body,
		};
	return { headers, body };
}

/** Where deliveries go: the URL given, or the listener running on this store. */
function targetUrl(to: string | undefined, store: Store): string {
	if (to === undefined)
		return store.listeners.latest() ?? `http://127.0.0.1:7300${webhookPath}`;
	const url = /^\d+$/.test(to) ? `http://127.0.0.1:${to}${webhookPath}` : to;
	if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
	throw new IgwhError(
		"usage",
		`--to ${to} is not a URL`,
		"give a whole URL, or the port of a receiver: --to http://127.0.0.1:3000/webhook",
	);
}

async function signingSecret(
	from: ReplayInput["secretFrom"],
	config: Config,
): Promise<string> {
	if (from === undefined)
		return (await config.needSigningSecrets())[0]?.value ?? "";
	const name = from === "app" ? "appSecret" : "instagramAppSecret";
	return (await config.needSecret(name)).reveal();
}

/** `2xx`, `401`, `2xx|401`. @throws IgwhError `usage` */
function statusPattern(expect: string): RegExp {
	if (/^[1-5]([0-9]{2}|xx)(\|[1-5]([0-9]{2}|xx))*$/.test(expect))
		return new RegExp(`^(${expect.replaceAll("xx", "\\d\\d")})$`);
	throw new IgwhError(
		"usage",
		`--expect ${expect} is not a status`,
		"give a status or several: --expect 2xx, --expect '401|403'",
	);
}

function summary(sent: readonly ReplayRecord[]): ReplaySummaryRecord {
	const times = sent.map(({ ms }) => ms).sort((a, b) => a - b);
	const percentile = (share: number) =>
		times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0;
	const ok = sent.filter(({ ok }) => ok).length;
	return {
		type: "summary",
		sent: sent.length,
		ok,
		failed: sent.length - ok,
		p50: percentile(0.5),
		p95: percentile(0.95),
		p99: percentile(0.99),
	};
}

function checkAll(sent: readonly ReplayRecord[], expect: string): void {
	const failed = sent.filter(({ ok }) => !ok);
	const [first] = failed;
	if (!first) return;
	if (sent.every(({ status }) => status === 0))
		throw new IgwhError(
			"network",
			`nothing reached ${first.to}: ${first.hint}`,
			"start a receiver with: igwh listen — or name yours with --to",
		);
	throw new IgwhError(
		"check",
		`${failed.length} of ${sent.length} deliveries were not answered ${expect}`,
		first.hint ?? "look at the receiver's log",
	);
}
