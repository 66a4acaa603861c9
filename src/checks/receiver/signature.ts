import { sign } from "../../webhook/signature.ts";
import { wireBytes } from "../../webhook/wire-encoding.ts";
import type { Check, Exchange, Judgement, Probe, Setup } from "../check.ts";
import { type Fix, fixes } from "../fix.ts";
import {
	acceptedAtAll,
	asWarning,
	eachOf,
	refused,
	shown,
	survived,
} from "../judge.ts";
import { awkwardText, comment, mention, message } from "../payloads.ts";
import { delivery, sha256Headers, signedAs } from "../probes.ts";
import type { CheckId } from "./check-ids.ts";

/** Good signatures are taken, everything else is refused with 4xx (meta-platform §2.4). */
export const signatureChecks: readonly Check[] = [
	{
		id: "signature.changes",
		title: "a delivery in Meta's encoding of changes is taken",
		probes: (setup) => [
			delivery(
				setup,
				"a mention, with spaces as Meta prints it",
				mention(setup, 10),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.messaging",
		title: "a delivery in Meta's encoding of messaging is taken",
		probes: (setup) => [
			delivery(
				setup,
				"a direct message, compact and with \\/ as Meta prints it",
				message(setup, 20, "see https://example.com/menu"),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.escapes",
		title: "emoji, slashes and escapes do not break a good signature",
		probes: (setup) => [
			delivery(
				setup,
				"a comment full of them",
				comment(setup, 30, awkwardText),
			),
			delivery(
				setup,
				"a message full of them",
				message(setup, 40, awkwardText),
			),
		],
		judge: eachOf(acceptedAtAll),
		fix: fixes.rawBody,
	},
	{
		id: "signature.re-serialised",
		title:
			"the signature is checked over the bytes, not over JSON printed again",
		probes: reserialised,
		judge: eachOf(({ answer, probe }, setup) =>
			answer.kind === "response" && answer.status < 300
				? {
						status: "fail",
						detail: `${shown(answer)}; taken, though ${probe.what} is not what was sent`,
					}
				: survived({ answer, probe }, setup),
		),
		fix: fixes.rawBody,
	},
	negative(
		"signature.tampered-body",
		"a body changed on the way is refused",
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
				changed("a delivery with a space behind it", `${text} `),
				changed(
					"a delivery without its spaces",
					text.replace(/([,:]) /g, "$1"),
				),
			];
		},
	),
	negative(
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
				"sha256= and nothing behind it",
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
					"the signature but its last digit",
					sha256Headers(whole.slice(0, -1)),
				),
				signedAs(
					probe,
					"the signature and one digit more",
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
			"a signature with letters beyond ASCII is refused",
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
		"a signature of another algorithm's name is refused",
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
			says: "the header must begin with sha256=, or the delivery is refused",
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
		judge: eachOf(({ answer, probe }, setup) =>
			answer.kind === "response" && answer.status < 300
				? { status: "warn", detail: `${shown(answer)}; SHA-1 is enough for it` }
				: refused({ answer, probe }, setup),
		),
		fix: fixes.sha256Only,
	},
	{
		id: "signature.constant-time",
		title: "signatures are compared in constant time",
		probes: () => [],
		judge: () => ({
			status: "unknown",
			detail:
				"not tested: the network hides such differences, so look at the code",
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
 * Deliveries signed over what a program makes of the parsed JSON: the commonest
 * mistake, and the reason why "it works in my tests".
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

/** Taking the first or the last of two is what many frameworks do, and harmless; taking any is not meant. */
function twoHeaders(exchanges: readonly Exchange[], setup: Setup): Judgement {
	const judged = eachOf(refused)(exchanges, setup);
	const isTaken = ({ answer }: Exchange) =>
		answer.kind === "response" && answer.status < 300;
	const [bothWrong, first, last] = exchanges as [Exchange, Exchange, Exchange];
	if (judged.status !== "fail" || isTaken(bothWrong)) return judged;
	if (isTaken(first) !== isTaken(last) && [first, last].every(notBroken))
		return {
			status: "warn",
			detail: `it looks at the ${isTaken(first) ? "first" : "last"} of two and forgets the other`,
			exchange: isTaken(first) ? first : last,
		};
	return judged;
}

function notBroken({ answer }: Exchange): boolean {
	return answer.kind === "response" && answer.status < 500;
}
