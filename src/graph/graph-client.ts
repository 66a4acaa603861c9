import { createHmac } from "node:crypto";
import type { Config } from "../config/config.ts";
import { Secret } from "../config/secret.ts";
import { bodyText, type HttpResponse } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { asRecord } from "../webhook/delivery.ts";
import { UnreachableError, type World } from "../world.ts";
import type { GraphCall } from "./graph-call.ts";
import { foreignAnswer, graphError } from "./graph-error.ts";
import {
	graphUrlOf,
	instagramToken,
	type Login,
	loginOf,
	requireFeature,
} from "./login.ts";
import { limitWaiter, type WaitOut } from "./wait-out-limits.ts";

/** Makes a call; with the token of another page or account where one is given. */
export type Graph = <T>(call: GraphCall<T>, pageToken?: Secret) => Promise<T>;

const timeoutMs = 30_000;

/** The Graph API of the configuration; with `--wait` its rate limits are waited out. */
export function graphClient(
	config: Config,
	world: World,
	waitOut: WaitOut = limitWaiter(config, world),
): Graph {
	const graph = unwaitingGraph(config, world);
	return (call, pageToken) => waitOut(() => graph(call, pageToken));
}

/**
 * The same without waiting. Tokens travel in the Authorization header, never in
 * a URL; `appsecret_proof` goes with page and user tokens wherever the app
 * secret is known.
 */
export function unwaitingGraph(config: Config, world: World): Graph {
	return async (call, pageToken) => {
		const login = loginOf(config);
		if (call.feature) requireFeature(call.feature, login);
		const token = pageToken ?? (await tokenFor(call.token, login, config));
		const parameters = new URLSearchParams({
			...call.parameters,
			...proof(call.token, token, config),
		}).toString();
		const url = `${graphRoot(config, call)}${call.path}`;
		const inForm = call.method === "POST";
		try {
			const response = await world.network.call({
				method: call.method,
				url: inForm || !parameters ? url : `${url}?${parameters}`,
				headers: [
					["Authorization", `Bearer ${token.reveal()}`],
					...(inForm
						? [["Content-Type", "application/x-www-form-urlencoded"] as const]
						: []),
				],
				body: Buffer.from(inForm ? parameters : ""),
				timeoutMs,
			});
			return call.read(readAnswer(response, call), response.headers);
		} catch (error) {
			if (!(error instanceof UnreachableError)) throw error;
			throw new IgwhError(
				"network",
				`the Graph API cannot be reached: ${error.message}`,
				config.sandbox
					? "start one with: igwh sandbox"
					: "check the network, and the address in IGWH_GRAPH_URL",
				{ cause: error },
			);
		}
	};
}

/** Where a call goes, e.g. `https://graph.facebook.com/v25.0`. */
export function graphRoot(
	config: Config,
	{ token }: Pick<GraphCall<unknown>, "token">,
): string {
	const login = token === "app" ? "facebook" : loginOf(config);
	return `${graphUrlOf(login, config.get("graphUrl"))}/${config.get("apiVersion")}`;
}

async function tokenFor(
	kind: GraphCall<unknown>["token"],
	login: Login,
	config: Config,
): Promise<Secret> {
	if (kind !== "app" && login === "instagram") return instagramToken(config);
	if (kind === "page") return config.needSecret("pageToken");
	if (kind === "user") return config.needSecret("userToken");
	const appId = config.need("appId");
	const secret = await config.needSecret("appSecret");
	return new Secret(`${appId}|${secret.reveal()}`);
}

/** Lowercase hex HMAC-SHA256 of the token, keyed by the app secret (webhook/README: Proof). */
export function appSecretProof(token: Secret, appSecret: Secret): string {
	return createHmac("sha256", appSecret.reveal())
		.update(token.reveal())
		.digest("hex");
}

function proof(
	kind: GraphCall<unknown>["token"],
	token: Secret,
	config: Config,
): Record<string, string> {
	const appSecret = config.secret("appSecret");
	// Whether graph.instagram.com accepts a proof is not known.
	return kind === "app" || !appSecret || loginOf(config) === "instagram"
		? {}
		: { appsecret_proof: appSecretProof(token, appSecret) };
}

/** @throws GraphRefusal for everything but a 2xx with a JSON object and no error in it */
function readAnswer(
	response: HttpResponse,
	call: GraphCall<unknown>,
): Record<string, unknown> {
	const { status } = response;
	// A redirect is never followed: the token belongs to this host alone.
	if (status >= 300 && status < 400)
		throw foreignAnswer(response, "with a redirect", call);
	const text = bodyText(response);
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		throw foreignAnswer(response, `without JSON: ${text.slice(0, 80)}`, call);
	}
	const { error, ...rest } = asRecord(answer);
	if (error !== undefined || status >= 400)
		throw graphError(response, { ...rest, error }, call);
	return rest;
}
