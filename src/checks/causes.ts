import { userAgents } from "../webhook/meta-request.ts";
import type { Answer } from "./check.ts";
import { type Fix, fixes } from "./fix.ts";
import type { Finding } from "./run-checks.ts";

/** One cause behind several failures. */
export interface Cause {
	id: string;
	says: string;
	fix: Fix;
	/** The checks it explains. */
	checks: string[];
}

interface Pattern {
	id: string;
	says: string;
	fix: Fix;
	/** Does it hold at all? */
	when?(found: Found): boolean;
	explains(finding: Finding, found: Found): boolean;
}

/** What the patterns look at. */
interface Found {
	failed(id: string): boolean;
}

/** The causes that explain two failures or more, each failure by the first that fits. */
export function findCauses(findings: readonly Finding[]): Cause[] {
	const failures = findings.filter(
		({ judgement }) => judgement.status === "fail",
	);
	const found: Found = {
		failed: (id) => failures.some(({ check }) => check.id === id),
	};
	const explained = new Set<Finding>();
	return patterns.flatMap(({ id, says, fix, when, explains }) => {
		if (when && !when(found)) return [];
		const fits = failures.filter(
			(failure) => !explained.has(failure) && explains(failure, found),
		);
		if (fits.length < 2) return [];
		for (const finding of fits) explained.add(finding);
		return [{ id, says, fix, checks: fits.map(({ check }) => check.id) }];
	});
}

/** The most telling first. */
const patterns: readonly Pattern[] = [
	{
		id: "redirects",
		says: "every request is redirected, and Meta does not follow",
		fix: fixes.noRedirect,
		explains: (finding) =>
			answered(finding, (status) => status >= 300 && status < 400),
	},
	{
		id: "csrf",
		says: "your framework's CSRF protection refuses deliveries",
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
		id: "parsed-body",
		says: "your framework parsed the body before you verified it: the signature is checked over JSON printed again, or over an object",
		fix: fixes.rawBody,
		explains: parsedBody,
	},
	{
		id: "unchecked-signature",
		says: "signatures are not checked: whoever knows the URL can send deliveries",
		fix: fixes.checkSignature,
		when: ({ failed }) =>
			failed("signature.wrong-secret") && failed("signature.tampered-body"),
		explains: (finding) =>
			finding.check.id.startsWith("signature.") &&
			answered(finding, (status) => status < 300),
	},
	{
		id: "other-secret",
		says: "well signed deliveries are refused: your receiver has another app secret, or checks something else than the body",
		fix: fixes.sameSecret,
		when: ({ failed }) =>
			failed("signature.changes") && failed("signature.messaging"),
		explains: (finding) =>
			/^delivery|^signature\.(changes|messaging|escapes)/.test(
				finding.check.id,
			) && answered(finding, (status) => [400, 401, 403].includes(status)),
	},
	{
		id: "messaging-blocked",
		says: "deliveries of messaging alone are refused: something looks at their User-Agent, facebookexternalua, or at their encoding",
		fix: {
			says: "let the User-Agent facebookexternalua pass your firewall and your bot filter",
		},
		when: ({ failed }) =>
			failed("signature.messaging") && !failed("signature.changes"),
		explains: (finding) =>
			isMessaging(finding) &&
			answered(finding, (status) => status >= 400 && status < 500),
	},
	{
		id: "other-token",
		says: "the good handshake is refused: your receiver has another verify token",
		fix: fixes.sameToken,
		when: ({ failed }) => failed("handshake.challenge"),
		explains: (finding) =>
			/^handshake|still-answering$/.test(finding.check.id) &&
			answered(finding, (status) => [400, 401, 403].includes(status)),
	},
	{
		id: "no-route",
		says: "nothing answers at this path",
		fix: fixes.findRoute,
		explains: (finding) =>
			answered(finding, (status) => [404, 405].includes(status)),
	},
	{
		id: "page-in-front",
		says: "a page stands in front of the webhook: a tunnel's warning, a login or a browser check",
		fix: fixes.noPage,
		when: ({ failed }) => failed("handshake.no-page"),
		explains: (finding) =>
			answered(finding, (_, text) =>
				/<(!doctype|html|head|body)\b/i.test(text),
			),
	},
	{
		id: "unchecked-token",
		says: "the handshake is answered to anyone: mode and verify token are not compared",
		fix: fixes.compareToken,
		explains: ({ check }) => /^handshake\.(wrong|missing)-/.test(check.id),
	},
	{
		id: "challenge-as-number",
		says: "the challenge is turned into a number on its way",
		fix: fixes.challengeAsText,
		explains: ({ check }) =>
			["handshake.long-challenge", "handshake.leading-zeros"].includes(
				check.id,
			),
	},
	{
		id: "challenge-wrapped",
		says: "the challenge is answered as JSON instead of plain text",
		fix: fixes.challenge,
		when: ({ failed }) => failed("handshake.not-json"),
		explains: ({ check }) =>
			["handshake.challenge", "handshake.not-json"].includes(check.id),
	},
	{
		id: "body-limit",
		says: "the receiver limits bodies to less than a batch of Meta needs",
		fix: fixes.bodyLimit,
		explains: (finding) =>
			answered(finding, (status) => status === 413) ||
			(/batch|large-body/.test(finding.check.id) && broken(finding)),
	},
	{
		id: "rate-limit",
		says: "the receiver limits its callers",
		fix: fixes.noRateLimit,
		explains: (finding) => answered(finding, (status) => status === 429),
	},
	{
		id: "too-slow",
		says: "the work is done before the answer, and takes too long",
		fix: fixes.answerFirst,
		explains: ({ judgement: { exchange } }) =>
			exchange?.answer.kind === "none" && exchange.answer.reason === "timeout",
	},
	{
		id: "crash",
		says: "the receiver's process ends on some requests",
		fix: fixes.surviveErrors,
		when: ({ failed }) => failed("delivery.still-answering"),
		explains: broken,
	},
	{
		id: "exception",
		says: "exceptions in the receiver are not caught",
		fix: fixes.lookAtLog,
		explains: (finding) => answered(finding, (status) => status >= 500),
	},
];

/**
 * It takes the signature of the body printed again, and refuses that of the
 * body; or it gives the parsed object to the hash function, which throws.
 */
function parsedBody(finding: Finding, { failed }: Found): boolean {
	const { id } = finding.check;
	const printsAgain =
		failed("signature.re-serialised") && !failed("signature.wrong-secret");
	if (["signature.re-serialised", "signature.tampered-body"].includes(id))
		return printsAgain && answered(finding, (status) => status < 300);
	if (!/^delivery|^signature\.(changes|messaging|escapes)/.test(id))
		return false;
	return answered(
		finding,
		(status, text) =>
			(printsAgain && [400, 401, 403].includes(status)) ||
			(status >= 500 && notBytes.test(text)),
	);
}

/** What Node and Python say to a hash over a parsed object. */
const notBytes =
	/"data" argument must be|received an instance of Object|bytes-like object|must be of type (string|bytes)/i;

function isMessaging({ judgement: { exchange } }: Finding): boolean {
	return (
		exchange?.probe.headers.some(
			([name, value]) =>
				name === "User-Agent" && value === userAgents.messaging,
		) ?? false
	);
}

function answered(
	{ judgement: { exchange } }: Finding,
	is: (status: number, text: string) => boolean,
): boolean {
	const answer: Answer | undefined = exchange?.answer;
	return answer?.kind === "response" && is(answer.status, answer.text);
}

function broken({ judgement: { exchange } }: Finding): boolean {
	return (
		exchange?.answer.kind === "none" && exchange.answer.reason !== "timeout"
	);
}
