import type { HandshakeFailure } from "../../callback/handshake.ts";
import { isLoopback } from "../../loopback-guard.ts";
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

const registered: readonly LiveCheckId[] = [
	"config.app",
	"app.secret",
	"app.object",
	"app.subscription",
];
const answering: readonly LiveCheckId[] = [
	...registered,
	"callback.address",
	"callback.owner",
	"callback.dns",
	"callback.certificate",
	"callback.reachable",
];

/** What Meta finds at the callback URL; one handshake tells most of it. */
export const callbackChecks: readonly LiveCheck[] = [
	{
		id: "callback.address",
		title: "the callback is an https URL on the internet",
		needs: registered,
		judge: judgeAddress,
		fix: "set a public https URL: igwh subscribe --callback <url>; igwh listen opens a tunnel with one",
		why: "Meta calls https URLs with a valid certificate only. Loopback and private addresses are out of its reach.",
		source: sources.handshake,
	},
	onHandshake({
		id: "callback.dns",
		title: "the callback's host name resolves",
		needs: [...registered, "callback.address", "callback.owner"],
		found: (failure) =>
			failure.kind === "unreachable" && isDnsError(failure.error.message),
		fix: "correct the host name, or wait until the DNS record is published; a tunnel that ended has no name any more: igwh listen --subscribe",
		why: "Names of free tunnels change with every start. The app keeps the old one until someone sets the callback again.",
	}),
	onHandshake({
		id: "callback.certificate",
		title: "the callback's certificate chain is trusted",
		needs: [...registered, "callback.address", "callback.dns"],
		found: (failure) =>
			failure.kind === "unreachable" && failure.error.kind === "certificate",
		fix: "install a certificate of a public authority, with its intermediate certificates; self-signed ones are refused",
		why: "Meta refuses self-signed certificates, incomplete chains, and names that are not in the certificate. Browsers fetch a missing intermediate certificate, Meta does not.",
	}),
	onHandshake({
		id: "callback.reachable",
		title: "something answers at the callback",
		needs: [
			...registered,
			"callback.address",
			"callback.owner",
			"callback.dns",
			"callback.certificate",
		],
		found: (failure) => failure.kind === "unreachable",
		fix: "start the receiver or the tunnel; let Meta through the firewall (its addresses are those of AS32934)",
		why: "Meta reports an endpoint that it cannot reach as error 2200. It is checked from this machine: a firewall in front of the endpoint may treat Meta differently.",
	}),
	onHandshake({
		id: "callback.redirect",
		title: "the callback does not redirect",
		needs: answering,
		found: (failure) =>
			failure.kind === "status" &&
			failure.status >= 300 &&
			failure.status < 400,
		fix: "register the URL that the redirect leads to: with or without www, https, and the slash at the end as your server has them",
		why: "Redirects are not known to be followed. Frameworks that add a slash at the end, and hosts that prefer www, redirect without being asked.",
	}),
	onHandshake({
		id: "callback.page-in-front",
		title: "no page stands in front of the callback",
		needs: [...answering, "config.verify-token", "callback.redirect"],
		found: isPageInFront,
		fix: "turn off the page of your tunnel, login or bot protection for the callback's path; igwh listen uses a tunnel without one",
		why: "Free ngrok domains, login pages and browser checks answer with HTML. Meta reports error 2201, and refuses the callback.",
	}),
	onHandshake({
		id: "callback.handshake",
		title:
			"the callback answers the handshake with the configured verify token",
		needs: [
			...answering,
			"config.verify-token",
			"callback.redirect",
			"callback.page-in-front",
		],
		found: () => true,
		fix: "answer GET with hub.challenge as plain text where hub.verify_token is IGWH_VERIFY_TOKEN; details: igwh verify <callback>",
		why: "Meta verifies a callback whenever it is set: 200 and the bare challenge, nothing else. A receiver with another verify token answers 403: then the next change of the subscription fails.",
	}),
	{
		id: "callback.speed",
		title: "the callback answers within 3 s",
		needs: [
			...answering,
			"config.verify-token",
			"callback.redirect",
			"callback.page-in-front",
			"callback.handshake",
		],
		judge: judgeSpeed,
		fix: "answer first and work afterwards; wake a sleeping host with a longer-lived plan or a health check",
		why: "Meta waits about 5 s. Hosts that sleep need longer for the first request, so that Meta repeats deliveries, and after an hour of failures ends the subscription.",
		source: sources.handshake,
	},
	{
		id: "callback.wrong-token",
		title: "the callback refuses a wrong verify token",
		needs: [
			...answering,
			"config.verify-token",
			"callback.redirect",
			"callback.page-in-front",
			"callback.handshake",
		],
		judge: judgeWrongToken,
		fix: "compare hub.verify_token with your token, and answer 403 where they differ",
		why: "A receiver that answers every challenge can be registered by anyone as the callback of their own app. Deliveries still arrive.",
		source: sources.handshake,
	},
	{
		id: "callback.owner",
		title: "the callback is the expected one",
		needs: registered,
		judge: judgeOwner,
		fix: "point the app here: igwh listen --subscribe; or set yours: igwh subscribe --callback <url>. One app has one callback: use an app for each tool",
		why: "An app has one callback for the instagram object, and the last one to set it receives everything. Another tool, a colleague's listener or an old tunnel may have it.",
		source: sources.subscriptions,
	},
];

interface HandshakeCheck extends Pick<LiveCheck, "title" | "fix" | "why"> {
	id: LiveCheckId;
	needs: readonly LiveCheckId[];
	/** Is this the check that the failure belongs to? */
	found(failure: HandshakeFailure): boolean;
}

function onHandshake({ found, ...check }: HandshakeCheck): LiveCheck {
	return {
		...check,
		source: sources.handshake,
		judge: async ({ handshake }) => {
			const { failure } = await handshake();
			return failure && found(failure)
				? fail(failureText(failure))
				: pass(failure ? "yes" : "the handshake succeeds");
		},
	};
}

function failureText(failure: HandshakeFailure): string {
	if (failure.kind === "unreachable") return failure.error.message;
	const received = failure.received.slice(0, 60).replace(/\s+/g, " ");
	return failure.kind === "status"
		? `it answered ${failure.status}${received && `: ${received}`}`
		: `it answered 200 with ${received ? `"${received}"` : "an empty body"} instead of the challenge`;
}

function isDnsError(message: string): boolean {
	return /ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME/.test(message);
}

/** Receivers refuse with pages too: a refusal counts only where it names who asks for a visitor. */
function isPageInFront(failure: HandshakeFailure): boolean {
	if (failure.kind === "unreachable") return false;
	const { received } = failure;
	if (!/<(!doctype|html|head|body)\b/i.test(received)) return false;
	return (
		failure.kind === "body" ||
		[401, 503, 511].includes(failure.status) ||
		/cloudflare|captcha|ngrok|tunnel|browser check/i.test(received)
	);
}

async function judgeWrongToken({
	probe,
	wrongHandshake,
}: Facts): Promise<LiveJudgement> {
	// It would show the refusal as if Meta had asked.
	if ((await probe()).state === "listening")
		return pass("an igwh listener refuses it");
	return (await wrongHandshake()).failure
		? pass("refused")
		: warn("it answers the challenge to anyone");
}

/** The sandbox calls this machine, Meta does not. */
async function judgeAddress({
	subscription,
	config,
}: Facts): Promise<LiveJudgement> {
	const { callbackUrl } = await subscription();
	if (!URL.canParse(callbackUrl)) return fail(`${callbackUrl} is not a URL`);
	const { protocol, hostname } = new URL(callbackUrl);
	const local = isLoopback(hostname);
	if (local && isLoopback(new URL(config.get("graphUrl")).hostname))
		return pass(`${callbackUrl}, on this machine as the sandbox is`);
	if (local || isPrivate(hostname))
		return fail(`${callbackUrl} is not on the internet`);
	return protocol === "https:"
		? pass(callbackUrl)
		: fail(`${callbackUrl} is not https`);
}

function isPrivate(hostname: string): boolean {
	return /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d|\.local$/.test(
		hostname,
	);
}

const slowMs = 3_000;

async function judgeSpeed({ handshake }: Facts): Promise<LiveJudgement> {
	const ms = Math.round((await handshake()).ms);
	const detail = `${ms} ms`;
	if (ms > deliveryTimeoutMs) return fail(`${detail}; Meta waits about 5 s`);
	return ms > slowMs ? warn(detail) : pass(detail);
}

async function judgeOwner(facts: Facts): Promise<LiveJudgement> {
	const { callbackUrl } = await facts.subscription();
	const { expectedCallback } = facts;
	if (expectedCallback !== undefined)
		return expectedCallback === callbackUrl
			? pass(callbackUrl)
			: fail(`the app sends to ${callbackUrl}, not to ${expectedCallback}`);
	const own = ownCallbacks(facts);
	const { state } = await facts.probe();
	if (state === "unknown")
		return unknown("the callback does not answer, so its owner is unknown");
	if (own.includes(callbackUrl) && state === "absent")
		return fail(
			"a listener of this store set it, and does not answer any more",
			"restore the callback from before: igwh listen --restore; or listen again: igwh listen --subscribe",
		);
	const whose =
		state === "absent"
			? "another tool, or your own receiver"
			: own.includes(callbackUrl)
				? "an igwh listener of this store"
				: "an igwh listener";
	const local = await facts.localListener();
	return local === undefined ||
		own.includes(callbackUrl) ||
		local === callbackUrl
		? pass(whose)
		: warn(
				`${callbackUrl} is ${whose}; the listener of this store, ${local}, receives nothing`,
			);
}

/** What listeners of this store have set. */
function ownCallbacks({ store, config }: Facts): readonly string[] {
	const held = store.overrides.find(
		config.get("appId") ?? "",
		config.get("graphUrl"),
	);
	return held?.callbackUrls ?? [];
}
