import { headerValues } from "../../http.ts";
import type { Answer, Check, Exchange, Judgement, Setup } from "../check.ts";
import { fixes } from "../fix.ts";
import { mediaType } from "../framework.ts";
import {
	eachOf,
	inTime,
	isTimeout,
	shown,
	tooSlow,
	unanswered,
} from "../judge.ts";
import { handshake, otherToken } from "../probes.ts";
import type { CheckId } from "./check-ids.ts";

const good = (setup: Setup) => [handshake(setup, { what: "a handshake" })];

/** How Meta verifies a callback URL, and everything that is not Meta (meta-platform §1). */
export const handshakeChecks: readonly Check[] = [
	{
		id: "handshake.certificate",
		title: "the https certificate is one that Meta accepts",
		fits: ({ protocol }) => protocol === "https:",
		probes: good,
		judge: eachOf(({ answer }) =>
			answer.kind === "none" && answer.reason === "certificate"
				? { status: "fail", detail: answer.message }
				: { status: "pass", detail: "the connection is trusted" },
		),
		fix: fixes.certificate,
	},
	{
		id: "handshake.challenge",
		title: "the challenge comes back with 200, exactly",
		probes: good,
		judge: eachOf(responding(exactChallenge)),
		fix: fixes.challenge,
	},
	{
		id: "handshake.in-time",
		title: "the handshake is answered within the time Meta waits",
		probes: good,
		judge: eachOf(inTime),
		fix: fixes.answerFirst,
	},
	{
		id: "handshake.no-redirect",
		title: "the handshake is answered without a redirect",
		probes: good,
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
		title: "the answer is no HTML page, such as a tunnel's or a login",
		probes: good,
		judge: eachOf(
			responding(({ answer }) =>
				isPage(answer.text)
					? failing(`an HTML page${pageOwner(answer)}: ${shown(answer)}`)
					: passing("no page"),
			),
		),
		fix: fixes.noPage,
	},
	{
		id: "handshake.not-json",
		title: "the challenge is not quoted and not wrapped in JSON",
		probes: good,
		judge: eachOf(
			responding(({ answer, probe }) => {
				const inJson = /^\s*["'{[]/.test(answer.text);
				if (inJson) return failing(`JSON: ${shown(answer)}`);
				return answer.text.includes(probe.challenge as string)
					? passing("plain text")
					: { status: "unknown", detail: "no challenge came back" };
			}),
		),
		fix: fixes.challenge,
	},
	{
		id: "handshake.long-challenge",
		title: "a challenge of many digits keeps them all",
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
		title: "a callback URL with a query of its own works",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake at the callback URL with ?source=igwh",
				url: `${setup.url}${setup.url.includes("?") ? "&" : "?"}source=igwh`,
			}),
		],
		judge: eachOf(responding(keptDigits)),
		fix: {
			says: "read hub.* by name from the query: other parameters may stand in front of them",
		},
	},
	{
		id: "handshake.markup",
		title: "a challenge with markup does not become a page",
		control: "handshake",
		probes: (setup) => [
			handshake(setup, {
				what: "a handshake with <b>igwh</b> as its challenge",
				challenge: "<b>igwh</b>",
			}),
		],
		judge: eachOf(responding(notReflected)),
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
				what: "a handshake with the verify token but its last character",
				token: setup.verifyToken.slice(0, -1),
			}),
		],
	),
	refusal(
		"handshake.missing-token",
		"no or an empty verify token is refused",
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

/** Refused without giving the challenge back: who cannot prove the token learns nothing. */
function refusal(id: CheckId, title: string, probes: Check["probes"]): Check {
	return {
		id,
		title,
		control: "handshake",
		probes,
		judge: eachOf(({ answer, probe }) => {
			if (answer.kind === "none") return unanswered(answer);
			const { status, text } = answer;
			if (text.includes(probe.challenge as string))
				return failing(`${shown(answer)}; the challenge was given away`);
			if (status >= 500)
				return failing(`${shown(answer)}; an error instead of a refusal`);
			if (status >= 400) return passing(`refused with ${status}`);
			return {
				status: "warn",
				detail: `${shown(answer)}; no challenge, but no refusal either`,
			};
		}),
		fix: fixes.compareToken,
	};
}

interface Responded extends Exchange {
	answer: Extract<Answer, { kind: "response" }>;
}

/** Judges what came back; that it came too late is told by `handshake.in-time`. */
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
	if (status !== 200) return failing(`${shown(answer)}; Meta wants 200`);
	if (text === probe.challenge) return passing("the challenge, exactly");
	return failing(
		text.trim() === probe.challenge
			? "white space stands around the challenge"
			: `${shown(answer)}; that is not the challenge ${probe.challenge}`,
	);
}

/** Only whether the digits are all there: how they are wrapped is told by other checks. */
function keptDigits({ answer, probe }: Responded): Judgement {
	const { challenge = "" } = probe;
	return answer.status < 300 &&
		new RegExp(`(^|\\D)${challenge}(\\D|$)`).test(answer.text)
		? passing("every digit came back")
		: failing(`${shown(answer)}; the challenge was ${challenge}`);
}

/** Without a type the browser guesses, unless it is told not to. */
function notReflected({ answer, probe }: Responded): Judgement {
	const type = mediaType(answer.headers);
	const guessed =
		type === "" &&
		headerValues(answer.headers, "x-content-type-options")[0] !== "nosniff";
	return answer.text.includes(probe.challenge as string) &&
		(type.includes("html") || guessed)
		? failing(`the markup came back as ${type || "a body without a type"}`)
		: passing(`answered ${answer.status} ${type}`);
}

function isPage(text: string): boolean {
	return /<(!doctype|html|head|body)\b/i.test(text);
}

function pageOwner({ headers }: Responded["answer"]): string {
	if (headerValues(headers, "ngrok-error-code").length > 0) return " of ngrok";
	return headerValues(headers, "cf-mitigated").length > 0
		? " of Cloudflare"
		: "";
}

const passing = (detail: string): Judgement => ({ status: "pass", detail });
const failing = (detail: string): Judgement => ({ status: "fail", detail });
