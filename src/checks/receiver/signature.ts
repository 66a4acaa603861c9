import { sign } from "../../webhook/signature.ts";
import { wireBytes } from "../../webhook/wire-encoding.ts";
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
	acceptedAtAll,
	asWarning,
	eachOf,
	refused,
	refusedClearly,
	shown,
	survived,
} from "../judge.ts";
import { awkwardText, comment, mention, message } from "../payloads.ts";
import { delivery, sha256Headers, signedAs } from "../probes.ts";
import { isAccepted } from "../read-answer.ts";
import type { CheckId } from "./check-ids.ts";

/** Correct signatures are accepted, all others are refused with 4xx (webhook/README: Signature). */
export const signatureChecks: readonly Check[] = [
	{
		id: "signature.changes",
		title: "a delivery in Meta's encoding of changes is accepted",
		probes: (setup) => [
			delivery(
				setup,
				"a mention, with spaces as Meta writes it",
				mention(setup, 10),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.messaging",
		title: "a delivery in Meta's encoding of messaging is accepted",
		probes: (setup) => [
			delivery(
				setup,
				"a direct message, compact and with \\/ as Meta writes it",
				message(setup, 20, "see https://example.com/menu"),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.escapes",
		title: "emoji, slashes and escapes do not break the signature",
		probes: (setup) => [
			delivery(
				setup,
				"a comment with emoji, slashes and escapes",
				comment(setup, 30, awkwardText),
			),
			delivery(
				setup,
				"a message with emoji, slashes and escapes",
				message(setup, 40, awkwardText),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.re-serialised",
		title:
			"the signature is checked over the bytes received, not over JSON serialised again",
		probes: reserialised,
		judge: eachOf(({ answer, probe }, context) => {
			if (isAccepted(answer))
				return {
					status: "fail",
					detail: `${shown(answer)}; accepted, but ${probe.what} is not over the bytes sent`,
				};
			const judge = context.baseline.accepted ? refused : survived;
			return judge({ answer, probe }, context);
		}),
		fix: fixes.rawBody,
	},
	negative(
		"signature.tampered-body",
		"a body changed in transit is refused",
		(setup) => {
			const signed = example(setup, 50);
			const text = Buffer.from(signed.body).toString();
			const changed = (what: string, body: string): Probe => ({
				...signed,
				what,
				body: Buffer.from(body),
			});
			return [
				changed(
					"a delivery with one digit changed",
					text.replace(
						/"time": (\d)/,
						(_, digit) => `"time": ${(Number(digit) % 9) + 1}`,
					),
				),
				changed("a delivery with a space appended", `${text} `),
				changed(
					"a delivery with its spaces removed",
					text.replace(/([,:]) /g, "$1"),
				),
			];
		},
	),
	{
		...negative(
			"signature.wrong-secret",
			"a signature made with another secret is refused",
			(setup) => [
				delivery(
					{ ...setup, secret: `not ${setup.secret}` },
					"a delivery signed with another secret",
					mention(setup, 60),
				),
				delivery(
					{ ...setup, secret: "" },
					"a delivery signed with an empty secret",
					mention(setup, 70),
				),
			],
		),
		judge: eachOf(refusedClearly),
	},
	negative(
		"signature.missing",
		"a delivery without a signature is refused",
		(setup) => [
			signedAs(example(setup, 80), "a delivery without a signature", []),
		],
	),
	negative(
		"signature.empty",
		"an empty signature is refused",
		(setup) => [
			signedAs(
				example(setup, 90),
				"an empty signature header",
				sha256Headers(""),
			),
			signedAs(
				example(setup, 100),
				"sha256= without a digest",
				sha256Headers("sha256="),
			),
		],
		fixes.refuseCalmly,
	),
	negative(
		"signature.truncated",
		"a shortened or lengthened signature is refused",
		(setup) => {
			const probe = example(setup, 110);
			const whole = sign(probe.body, setup.secret);
			return [
				signedAs(
					probe,
					"half of the signature",
					sha256Headers(whole.slice(0, 39)),
				),
				signedAs(
					probe,
					"the signature without its last digit",
					sha256Headers(whole.slice(0, -1)),
				),
				signedAs(
					probe,
					"the signature with one more digit",
					sha256Headers(`${whole}0`),
				),
			];
		},
		fixes.refuseCalmly,
	),
	negative(
		"signature.non-hex",
		"a signature that is not hexadecimal is refused",
		(setup) => [
			signedAs(
				example(setup, 120),
				"sha256= and 64 letters z",
				sha256Headers(`sha256=${"z".repeat(64)}`),
			),
		],
		fixes.refuseCalmly,
	),
	{
		...negative(
			"signature.non-ascii",
			"a signature with letters outside ASCII is refused",
			(setup) => [
				signedAs(
					example(setup, 130),
					"sha256= and 64 letters é",
					sha256Headers(`sha256=${"é".repeat(64)}`),
				),
			],
			fixes.refuseCalmly,
		),
		judge: eachOf(asWarning(refused)),
	},
	negative(
		"signature.wrong-prefix",
		"a signature with another algorithm's name is refused",
		(setup) => {
			const probe = example(setup, 140);
			const digest = sign(probe.body, setup.secret).slice("sha256=".length);
			return ["sha1", "md5", "sha512"].map((name) =>
				signedAs(
					probe,
					`the SHA-256 digest behind ${name}=`,
					sha256Headers(`${name}=${digest}`),
				),
			);
		},
		{
			text: "the header must begin with sha256=, or the delivery is refused",
			code: fixes.checkSignature.code,
		},
	),
	{
		...negative(
			"signature.two-headers",
			"two signature headers are refused",
			(setup) => {
				const probe = example(setup, 150);
				const right = sign(probe.body, setup.secret);
				const wrong = sign(probe.body, `not ${setup.secret}`);
				return [
					signedAs(probe, "two wrong signatures", sha256Headers(wrong, wrong)),
					signedAs(
						probe,
						"a good and a wrong signature",
						sha256Headers(right, wrong),
					),
					signedAs(
						probe,
						"a wrong and a good signature",
						sha256Headers(wrong, right),
					),
				];
			},
		),
		judge: twoHeaders,
		fix: fixes.oneHeader,
	},
	{
		id: "signature.sha1-only",
		title: "a delivery with only the old SHA-1 signature is refused",
		control: "delivery",
		probes: (setup) => {
			const probe = example(setup, 160);
			return [
				signedAs(probe, "a delivery with X-Hub-Signature only", [
					["X-Hub-Signature", sign(probe.body, setup.secret, "sha1")],
				]),
			];
		},
		judge: eachOf((exchange, context) =>
			isAccepted(exchange.answer)
				? {
						status: "warn",
						detail: `${shown(exchange.answer)}; accepted with the SHA-1 signature alone`,
					}
				: refused(exchange, context),
		),
		fix: fixes.sha256Only,
	},
	{
		id: "signature.constant-time",
		title: "signatures are compared in constant time",
		untestable: true,
		probes: () => [],
		judge: () => ({
			status: "unknown",
			detail:
				"cannot be tested over a network, which hides such differences: read the code",
		}),
		fix: fixes.constantTime,
	},
];

const example = (setup: Setup, number: number) =>
	delivery(setup, "a delivery", mention(setup, number));

function negative(
	id: CheckId,
	title: string,
	probes: Check["probes"],
	fix: Fix = fixes.checkSignature,
): Check {
	return {
		id,
		title,
		control: "delivery",
		probes,
		judge: eachOf(refused),
		fix,
	};
}

/**
 * Deliveries signed over the JSON as a program serialises it after parsing: the
 * commonest mistake, and one that tests with such bodies do not show.
 */
function reserialised(setup: Setup): Probe[] {
	const inChanges = comment(setup, 170, awkwardText);
	const inMessaging = message(setup, 180, awkwardText);
	const printed: [string, unknown, (json: string) => Uint8Array][] = [
		["JSON.stringify of the body", inChanges, Buffer.from],
		["JSON.stringify of the body", inMessaging, Buffer.from],
		[
			"Python's json.dumps of the body",
			inMessaging,
			(json) => wireBytes(json, "changes"),
		],
		[
			"PHP's json_encode of the body",
			inChanges,
			(json) => wireBytes(json, "messaging"),
		],
	];
	return printed.map(([what, payload, print]) => {
		const again = print(JSON.stringify(payload));
		return signedAs(delivery(setup, "", payload), `a signature over ${what}`, [
			["X-Hub-Signature", sign(again, setup.secret, "sha1")],
			["X-Hub-Signature-256", sign(again, setup.secret)],
		]);
	});
}

/** Many frameworks read the first or the last of two headers, which is harmless; accepting if any of them is right is not. */
function twoHeaders(
	exchanges: readonly Exchange[],
	context: JudgeContext,
): Judgement {
	const judged = eachOf(refused)(exchanges, context);
	const wasAccepted = ({ answer }: Exchange) => isAccepted(answer);
	const [bothWrong, first, last] = exchanges as [Exchange, Exchange, Exchange];
	if (judged.status !== "fail" || wasAccepted(bothWrong)) return judged;
	if (
		wasAccepted(first) !== wasAccepted(last) &&
		[first, last].every(notBroken)
	)
		return {
			status: "warn",
			detail: `it reads the ${wasAccepted(first) ? "first" : "last"} of two headers and ignores the other`,
			exchange: wasAccepted(first) ? first : last,
		};
	return judged;
}

function notBroken({ answer }: Exchange): boolean {
	return answer.kind === "response" && answer.status < 500;
}
