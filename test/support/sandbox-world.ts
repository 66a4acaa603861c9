import { createHash } from "node:crypto";
import {
	bodyText,
	type Handler,
	type HttpResponse,
	textResponse,
} from "../../src/http.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import type { SandboxLog } from "../../src/sandbox/log.ts";
import {
	createSandbox,
	type SandboxOptions,
} from "../../src/sandbox/sandbox.ts";
import { answerHandshake } from "../../src/webhook/handshake.ts";
import {
	type OutgoingRequest,
	UnreachableError,
	type World,
} from "../../src/world.ts";
import { untilAborted } from "./memory-network.ts";

export const { appId, appSecret, pageId, igUserId, verifyToken } =
	sandboxCredentials;
export const { pageToken, userToken } = sandboxCredentials;
export const appToken = `${appId}|${appSecret}`;
export const callbackUrl = "http://127.0.0.1:7300/webhook";

/** When every test begins. */
export const startedAt = Date.UTC(2026, 10, 21, 9, 30);

/**
 * Clock, randomness and network in memory: sleeping moves the clock at once and
 * lets everything else run first, bytes follow from the seed, requests go to the handler of their origin.
 */
export function sandboxWorld(seed = "igwh") {
	let now = startedAt;
	let drawn = 0;
	const receivers = new Map<string, Handler>();
	const sent: OutgoingRequest[] = [];
	const naps: number[] = [];
	/** An answer that takes longer than the request's time, or never comes, is a time-out. */
	const inTime = async (
		answer: Promise<HttpResponse>,
		{ timeoutMs, signal }: OutgoingRequest,
	): Promise<HttpResponse> => {
		const began = now;
		const late = () =>
			new UnreachableError("timeout", `no answer within ${timeoutMs / 1000} s`);
		const response = await untilAborted(
			Promise.race([answer, settle().then(() => undefined)]),
			signal,
			late,
		);
		if (response && now - began <= timeoutMs) return response;
		now = Math.max(now, began + timeoutMs);
		throw late();
	};
	const elsewhere = async () => {
		throw new Error("the sandbox only sends");
	};
	const world = {
		clock: {
			now: () => now,
			elapsed: () => now,
			sleep: async (milliseconds: number, signal?: AbortSignal) => {
				if (signal?.aborted) return;
				naps.push(milliseconds);
				now += milliseconds;
				await new Promise((resolve) => setImmediate(resolve));
			},
		},
		randomBytes: (count: number) =>
			createHash("shake256", { outputLength: count })
				.update(`${seed} ${drawn++}`)
				.digest(),
		network: {
			send: async (request: OutgoingRequest) => {
				sent.push(request);
				const { origin, pathname, search } = new URL(request.url);
				const receiver = receivers.get(origin);
				if (!receiver) throw new UnreachableError("refused", "nobody listens");
				return inTime(
					receiver({ ...request, target: `${pathname}${search}` }),
					request,
				);
			},
			call: elsewhere,
			serve: elsewhere,
			openTunnel: elsewhere,
		},
	} satisfies Pick<World, "clock" | "randomBytes" | "network">;
	return { world, receivers, sent, naps };
}

/** Answers handshakes as it should and deliveries with 200, as long as `statuses` has nothing else. */
export function goodReceiver(statuses: number[] = []): Handler {
	return async ({ method, target }) => {
		if (method === "POST") return textResponse(statuses.shift() ?? 200, "");
		const query = new URLSearchParams(target.split("?")[1]);
		const verdict = answerHandshake(query, verifyToken);
		return verdict.ok
			? textResponse(200, verdict.challenge)
			: textResponse(403, verdict.reason);
	};
}

export interface Asked {
	token?: string;
	form?: Record<string, string>;
	json?: unknown;
	headers?: [string, string][];
}

/** A sandbox in its world, with a receiver at `callbackUrl` that takes everything. */
export function startSandbox(options: SandboxOptions & { seed?: string } = {}) {
	const surroundings = sandboxWorld(options.seed);
	const { receivers } = surroundings;
	receivers.set(new URL(callbackUrl).origin, goodReceiver());
	const log: SandboxLog[] = [];
	const sandbox = createSandbox(surroundings.world, {
		log: (entry) => log.push(entry),
		...options,
	});

	/** @param line method and target, e.g. `GET /me` */
	async function ask(
		line: string,
		{ token, form, json, headers = [] }: Asked = {},
	) {
		const [method = "", target = ""] = line.split(/ (.*)/s);
		const response = await sandbox.handler({
			method,
			target: token ? withToken(target, token) : target,
			headers: [
				...headers,
				...(json === undefined ? [] : [["Content-Type", "application/json"]]),
				...(form
					? [["Content-Type", "application/x-www-form-urlencoded"]]
					: []),
			] as [string, string][],
			body: Buffer.from(
				json === undefined
					? new URLSearchParams(form).toString()
					: typeof json === "string"
						? json
						: JSON.stringify(json),
			),
		});
		return {
			status: response.status,
			headers: response.headers,
			text: bodyText(response),
			json: JSON.parse(bodyText(response)),
		};
	}

	/** An error as one line: `400 OAuthException 190/463: …`, or what came instead. */
	async function refusal(line: string, asked?: Asked): Promise<string> {
		const { status, text, json } = await ask(line, asked);
		if (!json.error) return `${status} ${text}`;
		const { type, code, error_subcode, message } = json.error;
		return `${status} ${type} ${code}${error_subcode ? `/${error_subcode}` : ""}: ${message}`;
	}

	/** Opens the gates that a fresh sandbox keeps closed, for both pages. */
	async function subscribe(
		fields = "comments,live_comments,mentions,story_insights",
	) {
		await ask(`POST /${appId}/subscriptions`, {
			token: appToken,
			form: {
				object: "instagram",
				callback_url: callbackUrl,
				fields,
				verify_token: verifyToken,
			},
		});
		for (const page of sandbox.state.pages.values())
			await ask(`POST /${page.id}/subscribed_apps?subscribed_fields=feed`, {
				token: page.accessToken,
			});
		surroundings.sent.length = 0;
		log.length = 0;
	}

	return { ...surroundings, ...sandbox, log, ask, refusal, subscribe };
}

/** Lets everything that runs in the background come to its end. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++)
		await new Promise((resolve) => setImmediate(resolve));
}

function withToken(target: string, token: string): string {
	return `${target}${target.includes("?") ? "&" : "?"}access_token=${encodeURIComponent(token)}`;
}

/** The paging of a list that ends with this part. */
export function onlyPart(first: string, last = first) {
	const cursor = (id: string) => Buffer.from(id).toString("base64url");
	return { cursors: { before: cursor(first), after: cursor(last) } };
}
