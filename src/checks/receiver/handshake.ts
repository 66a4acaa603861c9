import { headerValues } from "../../http.ts";
import type { Check, Exchange, Judgement, ResponseAnswer } from "../check.ts";
import { fixes } from "../fix.ts";
import { mediaType } from "../framework.ts";
import {
	asWarning,
	eachOf,
	inTime,
	isTimeout,
	shown,
	tooSlow,
	unanswered,
} from "../judge.ts";
import { handshake, otherToken } from "../probes.ts";
import { isUsualServerError } from "../read-answer.ts";
import { isPage } from "../wrong-address.ts";
import type { CheckId } from "./check-ids.ts";

/** Meta's verification of a callback URL, and imitations of it that must fail (webhook/README: Handshake). */
export const handshakeChecks: readonly Check[] = [
	{
		id: "handshake.certificate",
		title: "the HTTPS certificate is one that Meta accepts",
		fits: ({ protocol }) => protocol === "https:",
		probes: "first handshake",
		judge: eachOf(({ answer }) =>
			answer.kind === "none" && answer.reason === "certificate"
				? { status: "fail", detail: answer.message }
				: { status: "pass", detail: "the connection is trusted" },
		),
		fix: fixes.certificate,
	},
	{
		id: "handshake.challenge",
		title: "the exact challenge is returned with 200",
		probes: "first handshake",
		judge: eachOf(responding(exactChallenge)),
		fix: fixes.challenge,
	},
	{
		id: "handshake.in-time",
		title: "the handshake is answered within the time Meta waits",
		probes: "first handshake",
		judge: eachOf(inTime),
		fix: fixes.answerFirst,
	},
	{
		id: "handshake.no-redirect",
		title: "the handshake is answered without a redirect",
		probes: "first handshake",
		judge: eachOf(
			responding(({ answer: { status, headers } }) =>
				status >= 300 && status < 400
					? failing(
							`${status} to ${headerValues(headers, "location")[0] ?? "nowhere"}`,
						)
					: passing("no redirect"),
			),
		),
		fix: fixes.noRedirect,
	},
	{
		id: "handshake.no-page",
		title:
			"the answer is not an HTML page, such as a tunnel's warning or a login",
		probes: "first handshake",
		judge: eachOf(
			responding(({ answer }) =>
				isPage(answer.text)
					? failing(`an HTML page${pageOwner(answer)}: ${shown(answer)}`)
					: passing("not a page"),
			),
		),
		fix: fixes.noPage,
	},
	{
		id: "handshake.not-json",
		title: "the challenge is not quoted and not wrapped in JSON",
		probes: "first handshake",
		judge: eachOf(
			responding(({ answer, probe }) => {
				const inJson = /^\s*["'{[]/.test(answer.text);
				if (inJson) return failing(`JSON: ${shown(answer)}`);
				return answer.text.includes(probe.challenge as string)
					? passing("plain text")
					: { status: "unknown", detail: "no challenge was returned" };
			}),
		),
		fix: fixes.challenge,
	},
	{
		id: "handshake.long-challenge",
		title: "a long challenge keeps all its digits",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake with a challenge of 30 digits",
				challenge: "123456789012345678901234567891",
			}),
		],
		judge: eachOf(responding(keptDigits)),
		fix: fixes.challengeAsText,
	},
	{
		id: "handshake.leading-zeros",
		title: "a challenge keeps its leading zeros",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake with a challenge that begins with 00",
				challenge: "0015820144",
			}),
		],
		judge: eachOf(responding(keptDigits)),
		fix: fixes.challengeAsText,
	},
	{
		id: "handshake.own-query",
		title: "a callback URL with its own query parameters works",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake at the callback URL with ?source=igwh",
				url: `${setup.url}${setup.url.includes("?") ? "&" : "?"}source=igwh`,
			}),
		],
		judge: eachOf(responding(keptDigits)),
		fix: {
			text: "read the hub.* parameters by name: the query may hold others before them",
		},
	},
	{
		id: "handshake.markup",
		title: "a challenge with markup is not returned as HTML",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake with the challenge <b>igwh</b>",
				challenge: "<b>igwh</b>",
			}),
		],
		judge: eachOf(asWarning(responding(notReflected))),
		fix: fixes.challenge,
	},
	refusal(
		"handshake.wrong-token",
		"a wrong verify token is refused",
		(setup) => [
			handshake(setup, {
				what: "a handshake with another verify token",
				token: otherToken,
			}),
			handshake(setup, {
				what: "a handshake with the verify token and one more character",
				token: `${setup.verifyToken}x`,
			}),
			handshake(setup, {
				what: "a handshake with the verify token without its last character",
				token: setup.verifyToken.slice(0, -1),
			}),
		],
	),
	refusal(
		"handshake.missing-token",
		"a missing or empty verify token is refused",
		(setup) => [
			handshake(setup, {
				what: "a handshake without hub.verify_token",
				token: null,
			}),
			handshake(setup, {
				what: "a handshake with an empty hub.verify_token",
				token: "",
			}),
		],
	),
	refusal(
		"handshake.missing-mode",
		"a handshake without hub.mode is refused",
		(setup) => [
			handshake(setup, { what: "a handshake without hub.mode", mode: null }),
		],
	),
	refusal(
		"handshake.wrong-mode",
		"a mode other than subscribe is refused",
		(setup) => [
			handshake(setup, {
				what: "a handshake with hub.mode=unsubscribe",
				mode: "unsubscribe",
			}),
		],
	),
];

/** Refused without returning the challenge: it proves to Meta that the token was right. */
function refusal(id: CheckId, title: string, probes: Check["probes"]): Check {
	return {
		id,
		title,
		control: "handshake",
		probes,
		judge: eachOf(({ answer, probe }, { baseline }) => {
			if (answer.kind === "none") return unanswered(answer);
			const { status, text } = answer;
			if (text.includes(probe.challenge as string))
				return failing(`${shown(answer)}; the challenge was returned`);
			if (isUsualServerError(answer, baseline.refusedHandshake))
				return usualServerError(id, status);
			if (status >= 500)
				return failing(`${shown(answer)}; a server error instead of a refusal`);
			if (status >= 400) return passing(`refused with ${status}`);
			return {
				status: "warn",
				detail: `${shown(answer)}; no challenge, but not a refusal either`,
			};
		}),
		fix: fixes.compareToken,
	};
}

/** The way this receiver refuses is reported once, by the plainest refusal. */
function usualServerError(id: CheckId, status: number): Judgement {
	return id === "handshake.wrong-token"
		? {
				status: "warn",
				detail: `refused, but with ${status}: monitoring reads that as a crash`,
			}
		: passing(`refused with ${status}, like every wrong token`);
}

interface Responded extends Exchange {
	answer: ResponseAnswer;
}

/** Judges a response; `handshake.in-time` reports that none came in time. */
function responding(judge: (exchange: Responded) => Judgement) {
	return (exchange: Exchange): Judgement => {
		const { answer } = exchange;
		if (isTimeout(answer)) return tooSlow("handshake.in-time");
		return answer.kind === "none"
			? unanswered(answer)
			: judge({ ...exchange, answer });
	};
}

function exactChallenge({ answer, probe }: Responded): Judgement {
	const { status, text } = answer;
	if (status !== 200) return failing(`${shown(answer)}; Meta expects 200`);
	if (text === probe.challenge) return passing("the challenge, exactly");
	return failing(
		text.trim() === probe.challenge
			? "there is white space around the challenge"
			: `${shown(answer)}; the challenge is ${probe.challenge}`,
	);
}

/** Whether all digits are there; other checks report what is around them. */
function keptDigits({ answer, probe }: Responded): Judgement {
	const { challenge = "" } = probe;
	return answer.status < 300 &&
		new RegExp(`(^|\\D)${challenge}(\\D|$)`).test(answer.text)
		? passing("all digits were returned")
		: failing(`${shown(answer)}; the challenge was ${challenge}`);
}

/** A browser guesses a missing type, unless a header forbids it. */
function notReflected({ answer, probe }: Responded): Judgement {
	const type = mediaType(answer.headers);
	const guessed =
		type === "" &&
		headerValues(answer.headers, "x-content-type-options")[0] !== "nosniff";
	return answer.text.includes(probe.challenge as string) &&
		(type.includes("html") || guessed)
		? failing(
				`the markup was returned ${type ? `as ${type}` : "without a Content-Type"}`,
			)
		: passing(`answered ${answer.status} ${type}`);
}

function pageOwner({ headers }: Responded["answer"]): string {
	if (headerValues(headers, "ngrok-error-code").length > 0) return " of ngrok";
	return headerValues(headers, "cf-mitigated").length > 0
		? " of Cloudflare"
		: "";
}

const passing = (detail: string): Judgement => ({ status: "pass", detail });
const failing = (detail: string): Judgement => ({ status: "fail", detail });
