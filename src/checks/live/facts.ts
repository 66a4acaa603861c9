import {
	type HandshakeFailure,
	handshakeTimeoutMs,
	newChallenge,
	performHandshake,
} from "../../callback/handshake.ts";
import { type Probe, probeListener } from "../../callback/probe-listener.ts";
import type { Config } from "../../config/config.ts";
import type { Secret } from "../../config/secret.ts";
import { accessTokens } from "../../graph/access-tokens.ts";
import {
	type InstagramOwner,
	readInstagramOwner,
	readTokenOwner,
} from "../../graph/accounts.ts";
import { readApp, type ServedApp } from "../../graph/app.ts";
import { debugToken, type TokenInfo } from "../../graph/debug-token.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { type Login, loginOf } from "../../graph/login.ts";
import {
	type LinkedPage,
	type PageBusiness,
	readLinkedPage,
	readPageBusiness,
} from "../../graph/page.ts";
import {
	readAccountSubscription,
	readPageSubscription,
} from "../../graph/subscribed-apps.ts";
import {
	type AppSubscription,
	listAppSubscriptions,
} from "../../graph/subscriptions.ts";
import { once } from "../../once.ts";
import type { Store } from "../../store/store.ts";
import type { StoredDelivery } from "../../store/stored-delivery.ts";
import { verifyAccountId } from "../../webhook/verify-account.ts";
import type { World } from "../../world.ts";
import { otherToken } from "../probes.ts";
import type { Answers } from "./answers.ts";

/** What a handshake with the callback found, and how long the answer took. */
export interface HandshakeResult {
	failure: HandshakeFailure | undefined;
	ms: number;
}

/** A configured token of Facebook Login. */
export interface ConfiguredToken {
	setting: "IGWH_PAGE_TOKEN" | "IGWH_USER_TOKEN";
	token: Secret;
}

/**
 * What the checks look at. Everything is asked for once, when a check first
 * needs it; a question that fails rejects for every check that needs it.
 */
export interface Facts {
	config: Config;
	world: World;
	login: Login;
	/** The Instagram fields that should arrive. */
	fields: readonly string[];
	/** The fields were named by the person. */
	fieldsNamed: boolean;
	/** The callback URL that the person expects. */
	expectedCallback: string | undefined;
	answers: Answers;
	store: Store;
	graph: Graph;
	tokens: readonly ConfiguredToken[];
	/** About a configured token of Facebook Login. */
	tokenInfo(token: ConfiguredToken): Promise<TokenInfo>;
	app(): Promise<ServedApp>;
	/** The page that is checked: the configured one, or that of the page token. */
	pageId(): Promise<string>;
	pageToken(): Promise<Secret>;
	/** The page the configured page token belongs to. */
	tokenPageId(): Promise<string>;
	page(): Promise<LinkedPage>;
	business(): Promise<PageBusiness | undefined>;
	/** The account of a token of Instagram Login. */
	owner(): Promise<InstagramOwner>;
	/** What the page, or with Instagram Login the account, is subscribed to. */
	subscribedFields(): Promise<string[]>;
	subscriptions(): Promise<Map<string, AppSubscription>>;
	/** @throws TypeError where the app has no `instagram` subscription */
	subscription(): Promise<AppSubscription>;
	/** With the configured verify token; where there is none, with one that is refused. */
	handshake(): Promise<HandshakeResult>;
	/** With a verify token that is not the callback's. */
	wrongHandshake(): Promise<HandshakeResult>;
	/** Whether an igwh listener of the app answers at the callback. */
	probe(): Promise<Probe>;
	/** The listener of this store that runs on this machine. */
	localListener(): Promise<string | undefined>;
	/** Newest first, without those of `igwh verify`. */
	deliveries: readonly StoredDelivery[];
}

export interface FactsInput {
	fields: readonly string[];
	fieldsNamed: boolean;
	expectedCallback: string | undefined;
	answers: Answers;
	store: Store;
}

export function collectFacts(
	input: FactsInput,
	config: Config,
	world: World,
): Facts {
	const graph = graphClient(config, world);
	const login = loginOf(config);
	const tokens = accessTokens(config, graph);
	const infos = new Map<Secret, Promise<TokenInfo>>();
	const pageId = once(
		async () => config.get("pageId") ?? (await graph(readTokenOwner())).id,
	);
	const pageToken = once(async () => {
		const own = config.secret("pageToken");
		return own ?? tokens.ofPage(await pageId());
	});
	const owner = once(() => graph(readInstagramOwner()));
	const subscriptions = once(() =>
		graph(listAppSubscriptions(config.need("appId"))),
	);
	const subscription = async () => {
		const found = (await subscriptions()).get("instagram");
		if (!found) throw new TypeError("there is no instagram subscription");
		return found;
	};
	const handshakeWith = (verifyToken: () => string) =>
		once(async () =>
			tryHandshake((await subscription()).callbackUrl, verifyToken(), world),
		);
	const probe = async (url: string) => {
		const secret = await config.needSecret("appSecret");
		return probeListener(url, secret.reveal(), world);
	};
	return {
		...input,
		config,
		world,
		login,
		graph,
		tokens: configuredTokens(config),
		tokenInfo: ({ token }) => {
			const known = infos.get(token) ?? graph(debugToken(token));
			infos.set(token, known);
			return known;
		},
		app: once(() => graph(readApp(config.need("appId")))),
		pageId,
		pageToken,
		tokenPageId: once(async () => (await graph(readTokenOwner())).id),
		page: once(async () =>
			graph(readLinkedPage(await pageId()), await pageToken()),
		),
		business: once(async () =>
			graph(readPageBusiness(await pageId()), await pageToken()),
		),
		owner,
		subscribedFields: once(async () =>
			login === "instagram"
				? graph(readAccountSubscription((await owner()).igUserId))
				: graph(readPageSubscription(await pageId()), await pageToken()),
		),
		subscriptions,
		subscription,
		handshake: handshakeWith(() => config.get("verifyToken") ?? otherToken),
		wrongHandshake: handshakeWith(() => otherToken),
		probe: once(async () => probe((await subscription()).callbackUrl)),
		localListener: once(async () => {
			const url = input.store.listeners.latest();
			if (url === undefined) return undefined;
			return (await probe(url)).state === "listening" ? url : undefined;
		}),
		deliveries: recentDeliveries(input.store),
	};
}

/** How many of the newest deliveries are looked at. */
const looksAt = 200;

function recentDeliveries({ deliveries }: Store): StoredDelivery[] {
	return [...deliveries.list({ limit: looksAt })].filter(
		({ parsed }) =>
			!parsed.changes.some(({ accountId }) => accountId === verifyAccountId),
	);
}

function configuredTokens(config: Config): ConfiguredToken[] {
	const found = [
		["IGWH_PAGE_TOKEN", config.secret("pageToken")],
		["IGWH_USER_TOKEN", config.secret("userToken")],
	] as const;
	return found.flatMap(([setting, token]) =>
		token ? [{ setting, token }] : [],
	);
}

async function tryHandshake(
	callbackUrl: string,
	verifyToken: string,
	world: World,
): Promise<HandshakeResult> {
	const startedAt = world.clock.elapsed();
	const challenge = newChallenge(world.randomBytes);
	const failure = await performHandshake(
		{ callbackUrl, verifyToken, challenge, timeoutMs: handshakeTimeoutMs },
		world.network,
	);
	return { failure, ms: world.clock.elapsed() - startedAt };
}
