import { userAgents } from "../webhook/meta-request.ts";
import type { Answer } from "./check.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Fix, fixes } from "./fix.ts";
import { isAccepted, readsAsRefusal } from "./read-answer.ts";
import type { Finding } from "./run-checks.ts";
import { hasNoRoute, isPage } from "./wrong-address.ts";

/** One cause behind several failures. */
export interface Cause {
	id: string;
	text: string;
	fix: Fix;
	/** The failed checks it explains; none where no check ran because of it. */
	checks: string[];
}

interface Pattern {
	id: string;
	text: string | ((found: Found) => string);
	fix: Fix;
	/** One failure is enough: the answers prove it. */
	proven?: true;
	/** Whether it applies at all. */
	when?(found: Found): boolean;
	explains(finding: Finding, found: Found): boolean;
}

/** What the patterns look at. */
interface Found {
	/** The failure of a check, if it failed. */
	failure(id: string): Finding | undefined;
	failed(id: string): boolean;
	diagnosis: Diagnosis;
}

/** The causes behind the failures, each failure under the first that fits; few explain a single one. */
export function findCauses(
	findings: readonly Finding[],
	diagnosis: Diagnosis,
): Cause[] {
	if (diagnosis.stop) return [{ ...diagnosis.stop, checks: [] }];
	const failures = findings.filter(
		({ judgement }) => judgement.status === "fail",
	);
	const failure = (id: string) => failures.find(({ check }) => check.id === id);
	const failed = (id: string) => failure(id) !== undefined;
	const found: Found = { failure, failed, diagnosis };
	const explained = new Set<Finding>();
	return patterns.flatMap(({ id, text, fix, proven, when, explains }) => {
		if (when && !when(found)) return [];
		const fits = failures.filter(
			(failure) => !explained.has(failure) && explains(failure, found),
		);
		if (fits.length < (proven ? 1 : 2)) return [];
		for (const finding of fits) explained.add(finding);
		const words = typeof text === "string" ? text : text(found);
		const checks = fits.map(({ check }) => check.id);
		return [{ id, text: words, fix, checks }];
	});
}

/** The most specific first. */
const patterns: readonly Pattern[] = [
	{
		id: "redirects",
		text: "requests are redirected, and Meta does not follow redirects",
		fix: fixes.noRedirect,
		explains: (finding) =>
			answered(finding, (status) => status >= 300 && status < 400),
	},
	{
		id: "csrf",
		text: "your framework's CSRF protection refuses deliveries",
		fix: fixes.csrf,
		explains: (finding) =>
			answered(
				finding,
				(status, text) =>
					status === 419 ||
					(status >= 400 && /csrf|InvalidAuthenticityToken/i.test(text)),
			),
	},
	{
		id: "other-header",
		text: ({ diagnosis }) =>
			`your receiver reads the signature from ${diagnosis.signatureHeader}; Meta signs with X-Hub-Signature-256`,
		fix: fixes.readHeader,
		proven: true,
		when: ({ diagnosis }) => diagnosis.signatureHeader !== undefined,
		explains: (finding) =>
			/^(signature|delivery)\./.test(finding.check.id) &&
			isPost(finding) &&
			answered(finding, () => true),
	},
	{
		id: "parsed-body",
		text: "your app verifies a parsed body: the signature is computed over JSON serialised again, or over an object",
		fix: fixes.rawBody,
		explains: parsedBody,
	},
	{
		id: "unchecked-signature",
		text: "signatures are not checked: anyone who knows the URL can send deliveries",
		fix: fixes.checkSignature,
		when: ({ failed }) =>
			failed("signature.wrong-secret") && failed("signature.tampered-body"),
		explains: (finding) =>
			finding.check.id.startsWith("signature.") &&
			answered(finding, (status) => status < 300),
	},
	{
		id: "other-secret",
		text: "well-signed deliveries are refused: your receiver uses another app secret, or does not verify the bytes received",
		fix: fixes.sameSecret,
		when: ({ failed }) =>
			failed("signature.changes") && failed("signature.messaging"),
		explains: (finding) =>
			/^delivery|^signature\.(changes|messaging|escapes)/.test(
				finding.check.id,
			) && answered(finding, isRefusal),
	},
	{
		id: "messaging-blocked",
		text: "only messaging deliveries are refused: by their User-Agent, facebookexternalua, or by their encoding",
		fix: {
			text: "let the User-Agent facebookexternalua pass your firewall and bot filter",
		},
		when: ({ failed }) =>
			failed("signature.messaging") && !failed("signature.changes"),
		explains: (finding) =>
			isMessaging(finding) &&
			answered(finding, (status) => status >= 400 && status < 500),
	},
	{
		id: "other-token",
		text: "the correct handshake is refused: your receiver uses another verify token",
		fix: fixes.sameToken,
		proven: true,
		when: ({ failed }) => failed("handshake.challenge"),
		explains: (finding) =>
			/^handshake|still-answering$/.test(finding.check.id) &&
			!isPost(finding) &&
			answered(finding, (status) => [400, 401, 403].includes(status)),
	},
	{
		id: "no-get-route",
		text: ({ diagnosis }) =>
			diagnosis.hasDeliveryRoute
				? "the path accepts POST, but not GET, with which Meta verifies a callback URL"
				: "the path does not accept GET, with which Meta verifies a callback URL: is it the right path?",
		fix: fixes.findRoute,
		proven: true,
		when: ({ failure }) => {
			const handshake = failure("handshake.challenge");
			return handshake !== undefined && answered(handshake, hasNoRoute);
		},
		explains: (finding) => !isPost(finding) && answered(finding, hasNoRoute),
	},
	{
		id: "no-post-route",
		text: "the path accepts GET, but not POST, with which Meta delivers",
		fix: fixes.findRoute,
		explains: (finding) =>
			isPost(finding) &&
			/^delivery|^signature\.(changes|messaging|escapes)/.test(
				finding.check.id,
			) &&
			answered(finding, hasNoRoute),
	},
	{
		id: "page-in-front",
		text: "a page answers instead of the webhook: a tunnel's warning, a login or a browser check",
		fix: fixes.noPage,
		when: ({ failed }) => failed("handshake.no-page"),
		explains: (finding) => answered(finding, (_, text) => isPage(text)),
	},
	{
		id: "unchecked-token",
		text: "the challenge is returned to anyone: hub.mode and hub.verify_token are not compared",
		fix: fixes.compareToken,
		explains: ({ check }) => /^handshake\.(wrong|missing)-/.test(check.id),
	},
	{
		id: "challenge-as-number",
		text: "the challenge is converted to a number",
		fix: fixes.challengeAsText,
		explains: ({ check }) =>
			["handshake.long-challenge", "handshake.leading-zeros"].includes(
				check.id,
			),
	},
	{
		id: "challenge-wrapped",
		text: "the challenge is returned as JSON instead of plain text",
		fix: fixes.challenge,
		when: ({ failed }) => failed("handshake.not-json"),
		explains: ({ check }) =>
			["handshake.challenge", "handshake.not-json"].includes(check.id),
	},
	{
		id: "body-limit",
		text: "the receiver's body limit is below the size of Meta's batches",
		fix: fixes.bodyLimit,
		explains: (finding) =>
			answered(finding, (status) => status === 413) ||
			(/batch|large-body/.test(finding.check.id) && broken(finding)),
	},
	{
		id: "rate-limit",
		text: "the receiver limits the rate of requests",
		fix: fixes.noRateLimit,
		explains: (finding) => answered(finding, (status) => status === 429),
	},
	{
		id: "too-slow",
		text: "the receiver does its work before it answers, and takes too long",
		fix: fixes.answerFirst,
		explains: ({ judgement: { exchange } }) =>
			exchange?.answer.kind === "none" && exchange.answer.reason === "timeout",
	},
	{
		id: "crash",
		text: "some requests end the receiver's process",
		fix: fixes.surviveErrors,
		when: ({ failed }) => failed("delivery.still-answering"),
		explains: broken,
	},
	{
		id: "exception",
		text: "the receiver answers some requests with a server error, as after an exception that nothing catches",
		fix: fixes.lookAtLog,
		explains: (finding) => answered(finding, (status) => status >= 500),
	},
];

/**
 * It accepts a signature over the body serialised again, and refuses one over
 * the body; or it passes the parsed object to the hash function, which throws.
 */
function parsedBody(finding: Finding, { failure, failed }: Found): boolean {
	const { id } = finding.check;
	const serialised = failure("signature.re-serialised");
	const serialisesAgain =
		serialised !== undefined &&
		isAnswered(serialised, isAccepted) &&
		!failed("signature.wrong-secret");
	if (["signature.re-serialised", "signature.tampered-body"].includes(id))
		return serialisesAgain && answered(finding, (status) => status < 300);
	if (!/^delivery|^signature\.(changes|messaging|escapes)/.test(id))
		return false;
	return answered(
		finding,
		(status, text) =>
			(serialisesAgain && isRefusal(status, text)) ||
			(status >= 500 && notBytes.test(text)),
	);
}

/** The errors of Node and Python for a hash over a parsed object. */
const notBytes =
	/"data" argument must be|received an instance of Object|bytes-like object|must be of type (string|bytes)/i;

/** A refusal of the signature, whatever the status of its answer. */
function isRefusal(status: number, text: string): boolean {
	return (
		[400, 401, 403].includes(status) ||
		(status < 300 && readsAsRefusal(text)) ||
		(status >= 500 && readsAsRefusal(text) && !notBytes.test(text))
	);
}

function isPost({ judgement: { exchange } }: Finding): boolean {
	return exchange?.probe.method === "POST";
}

function isMessaging({ judgement: { exchange } }: Finding): boolean {
	return (
		exchange?.probe.headers.some(
			([name, value]) =>
				name === "User-Agent" && value === userAgents.messaging,
		) ?? false
	);
}

function answered(
	finding: Finding,
	is: (status: number, text: string) => boolean,
): boolean {
	return isAnswered(
		finding,
		(answer) => answer.kind === "response" && is(answer.status, answer.text),
	);
}

function isAnswered(
	{ judgement: { exchange } }: Finding,
	is: (answer: Answer) => boolean,
): boolean {
	return exchange !== undefined && is(exchange.answer);
}

function broken({ judgement: { exchange } }: Finding): boolean {
	return (
		exchange?.answer.kind === "none" && exchange.answer.reason !== "timeout"
	);
}
