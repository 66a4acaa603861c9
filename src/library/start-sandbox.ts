import { bodyText } from "../http.ts";
import type { AskSandbox } from "../sandbox/ask-sandbox.ts";
import {
	instagramPath,
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../sandbox/credentials.ts";
import type { Disabling } from "../sandbox/delivery/disabling-modes.ts";
import type { Gate, GateState } from "../sandbox/delivery/gate.ts";
import type { GateId } from "../sandbox/delivery/gate-ids.ts";
import type {
	DeliveryExchange,
	TestReport,
} from "../sandbox/delivery/report.ts";
import { sandboxEnvironment } from "../sandbox/environment.ts";
import type { Fault } from "../sandbox/fault.ts";
import type { LoggedCall, SandboxLog } from "../sandbox/log.ts";
import type { RunningSandbox } from "../sandbox/sandbox.ts";
import { serveSandbox } from "../sandbox/serve-sandbox.ts";
import {
	type Playing,
	playScenario,
} from "../sandbox/simulation/play-scenario.ts";
import type { SandboxSeed } from "../sandbox/simulation/sandbox-seed.ts";
import type { ScenarioName } from "../sandbox/simulation/scenario-names.ts";
import { scenarios } from "../sandbox/simulation/scenarios.ts";
import { seedWorld } from "../sandbox/simulation/seed.ts";
import { addSeed } from "../sandbox/simulation/seed-file.ts";
import type { SandboxState } from "../sandbox/simulation/state.ts";
import type {
	TriggerInput,
	TriggerResult,
} from "../sandbox/simulation/trigger.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import { defaultInstagramFields } from "../webhook/fields.ts";
import type { InstagramFieldName } from "../webhook/payload-types.ts";
import { deliveryQueue } from "./delivery-queue.ts";
import { localWorld } from "./local-world.ts";

export interface StartSandboxOptions {
	/** A port of 127.0.0.1; a free one where left out. */
	port?: number;
	/** Pages, accounts, media, comments and tokens to add to the world of Meta's documents. */
	seed?: SandboxSeed;
	/** Gates of live delivery to close from the start. */
	closedGates?: readonly GateId[];
	/** How many times faster than Meta, which takes 36 hours, failed deliveries are sent again; 1 where left out. */
	retrySpeed?: number;
	/** What goes wrong with calls from the start. */
	faults?: readonly Fault[];
	/** How many calls an hour the app may make. */
	rateLimit?: number;
	/** Refuses calls with a user's or a page's token that have no `appsecret_proof`. */
	requireProof?: boolean;
	/** Which deliveries unsubscribe the account after an hour of failures; `messaging` where left out. */
	disabling?: Disabling;
	/** Callbacks that are not on this machine, over https. */
	allowPublicCallbacks?: boolean;
}

export interface SubscribeOptions {
	/** Instagram fields; those of Meta's page "Webhooks for Instagram" where left out. */
	fields?: readonly InstagramFieldName[];
	/** What the handshake carries; the one of `credentials` where left out. */
	verifyToken?: string;
}

/** What every sandbox accepts. */
export interface SandboxCredentials {
	readonly appId: string;
	/** Signs deliveries. */
	readonly appSecret: string;
	readonly instagramAppSecret: string;
	readonly verifyToken: string;
	readonly pageId: string;
	readonly pageToken: string;
	readonly userToken: string;
	/** The Instagram account linked to the page. */
	readonly igUserId: string;
	/** The app as Instagram Login knows it. */
	readonly instagramAppId: string;
	/** The account's token of Instagram Login. */
	readonly instagramToken: string;
}

/** What happens: everything of the `igwh trigger` command's flags. */
export type TriggerDetails = Omit<TriggerInput, "field">;

/** A Graph API in this process, and a world for it to tell of. */
export interface TestSandbox {
	/** Stands for `https://graph.facebook.com`, e.g. `http://127.0.0.1:40123`. */
	readonly url: string;
	/** Stands for `https://graph.instagram.com`, which apps with Instagram Login call. */
	readonly instagramUrl: string;
	/** Ids, secrets and tokens it accepts; worthless anywhere else. */
	readonly credentials: SandboxCredentials;
	/** The same with the address, as `IGWH_*` variables. */
	readonly environment: Readonly<Record<string, string>>;

	/**
	 * Subscribes the app, with a real handshake, and every page. After it every
	 * gate is open but those of `closedGates`.
	 * @throws Error in Meta's words, where the callback fails the handshake
	 */
	subscribe(callbackUrl: string, options?: SubscribeOptions): Promise<void>;
	/**
	 * Makes something happen, which the app is told of if every gate is open.
	 * Resolves when the receiver answered for the first time.
	 * @throws Error for details that do not fit the field
	 */
	trigger(
		field: InstagramFieldName,
		details?: TriggerDetails,
	): Promise<TriggerResult>;
	/**
	 * Plays a scenario, as fast as it is written or as many times faster; resolves
	 * with its events after its last step.
	 */
	playScenario(
		name: ScenarioName,
		options?: { speed?: number },
	): Promise<TriggerResult[]>;
	/** Presses the Test button of the App Dashboard: a sample that passes every gate. */
	pressTest(field: InstagramFieldName): Promise<TestReport>;

	/** Every gate, and what is missing where it is closed. */
	gates(): Promise<GateState[]>;
	openGates(...gates: GateId[]): Promise<void>;
	closeGates(...gates: GateId[]): Promise<void>;

	/** Lets calls fail, wait or lose their connection. @throws Error for a fault that cannot be read */
	addFault(fault: Fault): Promise<void>;
	clearFaults(): Promise<void>;
	/** Ends the life of a token; of every page's token where left out. */
	expireToken(token?: string): Promise<void>;
	/** The person who wrote a comment deletes it. */
	deleteComment(id: string): Promise<void>;

	/** Every attempt to deliver, oldest first, with its bytes and the answer. */
	readonly deliveries: readonly DeliveryExchange[];
	/**
	 * The next attempt to deliver, with its bytes and the answer; each is returned
	 * once.
	 * @throws Error where none is made in 5 seconds, or the given time
	 */
	waitForDelivery(
		match?: (delivery: DeliveryExchange) => boolean,
		options?: { timeoutMs?: number },
	): Promise<DeliveryExchange>;
	/** The calls of the Graph API, oldest first; the last thousand. */
	readonly calls: readonly LoggedCall[];

	/** Ends deliveries under way, retries and the server. */
	stop(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a sandbox in this process. It prints nothing, handles no signals and
 * never exits; any number of them run beside each other.
 * @throws Error where the port is taken, or the seed is not one
 */
export async function startSandbox({
	port = 0,
	retrySpeed = 1,
	seed,
	...options
}: StartSandboxOptions = {}): Promise<TestSandbox> {
	const queue = deliveryQueue();
	let stopped: Gate[] = [];
	const log = (entry: SandboxLog) => {
		if (entry.type === "gate") stopped = entry.gates;
	};
	const { url, sandbox, close } = await serveSandbox(localWorld, port, {
		...options,
		state: seededWorld(seed),
		retryScale: 1 / retrySpeed,
		record: queue.push,
		log,
	});
	const explain = () =>
		stopped.length > 0
			? stopped.map(({ id, detail }) => `${id} is closed, ${detail}`).join("; ")
			: `${queue.all.length} were made before`;
	const stopping = new AbortController();
	const stop = async () => {
		stopping.abort();
		queue.close();
		await close();
	};
	return {
		url,
		instagramUrl: `${url}${instagramPath}`,
		credentials: {
			...sandboxCredentials,
			instagramAppId: sandboxInstagramLogin.appId,
			instagramToken: sandboxInstagramLogin.token,
		},
		environment: sandboxEnvironment(url),
		subscribe: (callbackUrl, options) =>
			subscribeAll(sandbox, callbackUrl, options),
		...controls(sandbox),
		playScenario: (name, { speed } = {}) =>
			play(name, {
				ask: sandbox.control as AskSandbox,
				clock: localWorld.clock,
				speed: speed ?? scenarios[name].speed ?? 1,
				interrupt: stopping.signal,
			}),
		deliveries: queue.all,
		waitForDelivery: (match = () => true, { timeoutMs = 5000 } = {}) =>
			queue.next(match, { timeoutMs, explain }),
		calls: sandbox.calls,
		stop,
		[Symbol.asyncDispose]: stop,
	};
}

function seededWorld(seed: SandboxSeed = {}): SandboxState {
	const now = localWorld.clock.now();
	const state = seedWorld(now);
	addSeed(state, JSON.stringify(seed), { name: "the seed option", now });
	return state;
}

function controls({ control }: RunningSandbox) {
	const gatesOf = async (answer: Promise<unknown>) =>
		((await answer) as { gates: GateState[] }).gates;
	return {
		trigger: (field: InstagramFieldName, details: TriggerDetails = {}) =>
			control("trigger", { field, ...details }) as Promise<TriggerResult>,
		pressTest: (field: InstagramFieldName) =>
			control("test", { field }) as Promise<TestReport>,
		gates: () => gatesOf(control("gates")),
		openGates: async (...gates: GateId[]) => {
			await control("open", { gates });
		},
		closeGates: async (...gates: GateId[]) => {
			await control("close", { gates });
		},
		addFault: async (fault: Fault) => {
			await control("fail", { ...fault });
		},
		clearFaults: async () => {
			await control("heal");
		},
		expireToken: async (token?: string) => {
			await control("expire-token", { token });
		},
		deleteComment: async (id: string) => {
			await control("delete-comment", { id });
		},
	};
}

async function play(
	name: ScenarioName,
	playing: Playing,
): Promise<TriggerResult[]> {
	const results: unknown[] = [];
	for await (const { step, result } of playScenario(scenarios[name], playing))
		if (step.do === "trigger") results.push(result);
	return results as TriggerResult[];
}

/** As the app's own programs do: by calls of the Graph API. */
async function subscribeAll(
	sandbox: RunningSandbox,
	callbackUrl: string,
	{
		fields = defaultInstagramFields,
		verifyToken = sandboxCredentials.verifyToken,
	}: SubscribeOptions = {},
): Promise<void> {
	const { app, pages } = sandbox.state;
	await call(sandbox, `/${app.id}/subscriptions`, {
		object: "instagram",
		callback_url: callbackUrl,
		fields: fields.join(","),
		verify_token: verifyToken,
		access_token: `${app.id}|${app.secret}`,
	});
	for (const { id, accessToken } of pages.values())
		await call(sandbox, `/${id}/subscribed_apps`, {
			subscribed_fields: "feed",
			access_token: accessToken,
		});
}

async function call(
	{ handler }: RunningSandbox,
	target: string,
	parameters: Record<string, string>,
): Promise<void> {
	const response = await handler({
		method: "POST",
		target,
		headers: [["Content-Type", "application/x-www-form-urlencoded"]],
		body: Buffer.from(new URLSearchParams(parameters).toString()),
	});
	if (response.status === 200) return;
	const { error } = asRecord(JSON.parse(bodyText(response)));
	throw new Error(asString(asRecord(error).message));
}
