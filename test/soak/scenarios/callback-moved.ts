import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
	bodyText,
	headerValues,
	splitTarget,
	textResponse,
} from "../../../src/http.ts";
import { sandboxCredentials } from "../../../src/sandbox/credentials.ts";
import { createSandbox } from "../../../src/sandbox/sandbox.ts";
import { sendExactly } from "../../../src/system/http-client.ts";
import { serveOnLoopback } from "../../../src/system/http-server.ts";
import type { OutgoingRequest, World } from "../../../src/world.ts";
import { ready, startIgwh } from "../igwh-process.ts";
import type { Scenario, Soak } from "../scenario.ts";
import { startTunnelServer } from "../tunnel-server.ts";

const { appId, appSecret, verifyToken } = sandboxCredentials;

/**
 * `listen --subscribe` on a tunnel that is lost and gets another name: the
 * app's callback follows, and on SIGTERM it is what it was.
 */
export const scenario: Scenario = async (soak) => {
	let server = await startTunnelServer(soak);
	let name = "mine";
	const router = await serve(
		soak,
		async ({ method, target, headers, body }) => {
			const [host = ""] = headerValues(headers, "host");
			const isRegistration = host.startsWith("127.0.0.1") && target !== "/";
			const answer = await sendExactly({
				method,
				url: `${server.url}${isRegistration ? `/${name}` : target}`,
				headers,
				body,
				timeoutMs: 30_000,
			});
			return isRegistration
				? textResponse(answer.status, bodyText(answer))
				: { status: answer.status, headers: [], body: answer.body };
		},
	);
	/** Meta reaches the tunnel by its name. */
	const send = (request: OutgoingRequest) => {
		const { hostname, pathname, search } = new URL(request.url);
		return hostname.endsWith(".localhost.test")
			? sendExactly({
					...request,
					url: `${server.url}${pathname}${search}`,
					headers: [["Host", hostname], ...request.headers],
				})
			: sendExactly(request);
	};
	const sandbox = createSandbox(
		{
			clock: {
				now: Date.now,
				elapsed: () => performance.now(),
				sleep: (ms) => sleep(ms),
			},
			randomBytes: (count) => randomBytes(count),
			network: { send } as World["network"],
		},
		{ allowPublicCallbacks: true },
	);
	soak.afterwards(sandbox.close);
	// Meta takes https only, and a tunnel server on this machine has none.
	const meta = await serve(soak, async (request) => {
		const sent = bodyText(request).replace(
			/http(%3A%2F%2F\w+\.localhost)/,
			"https$1",
		);
		const answer = await sandbox.handler({
			...request,
			body: Buffer.from(sent),
		});
		const shown = bodyText(answer).replace(
			/https(:\\?\/\\?\/\w+\.localhost)/,
			"http$1",
		);
		return textResponse(answer.status, shown);
	});
	const hosted = await serve(soak, async ({ target }) =>
		textResponse(200, splitTarget(target).query.get("hub.challenge") ?? ""),
	);
	const original = `${hosted.url}/hook`;
	const field = { name: "comments", version: "v25.0" };
	const { subscriptions } = sandbox.state;
	subscriptions.set("instagram", {
		callbackUrl: original,
		verifyToken,
		fields: [field],
	});
	const callback = () => subscriptions.get("instagram")?.callbackUrl;

	const listener = startIgwh(
		soak,
		`listen --port 0 --tunnel-host ${router.url} --subdomain mine --subscribe --graph-url ${meta.url}`,
		{
			IGWH_APP_ID: appId,
			IGWH_APP_SECRET: appSecret,
			IGWH_VERIFY_TOKEN: verifyToken,
		},
	);
	await listener.until(ready);
	assert.equal(callback(), "https://mine.localhost.test/webhook");
	await server.stop();
	name = "renamed";
	server = await startTunnelServer(soak);
	const lost = performance.now();
	await listener.until(({ callbackUrl }) =>
		/renamed/.test(String(callbackUrl)),
	);
	const seconds = Math.round((performance.now() - lost) / 1000);
	assert.equal(callback(), "https://renamed.localhost.test/webhook");
	listener.child.kill("SIGTERM");
	await listener.exited;
	assert.equal(callback(), original);
	assert.deepEqual(
		subscriptions.get("instagram")?.fields.map(({ name }) => name),
		["comments"],
	);
	return `the callback followed after ${seconds} s, and was restored on SIGTERM`;
};

async function serve(
	soak: Soak,
	handler: Parameters<typeof serveOnLoopback>[0],
) {
	const server = await serveOnLoopback(handler, {
		port: 0,
		maxBodyBytes: 1_000_000,
	});
	soak.afterwards(server.close);
	return server;
}
