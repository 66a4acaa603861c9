import type { Handler } from "../../src/http.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import type { World } from "../../src/world.ts";
import { createMachine, type Person } from "./memory-world.ts";
import { callbackUrl, goodReceiver } from "./sandbox-world.ts";

const { appId, appSecret, verifyToken, pageId, pageToken, igUserId } =
	sandboxCredentials;

/** The settings of an app of one's own, which are those of the sandbox's world. */
export const liveEnv = {
	IGWH_GRAPH_URL: "http://127.0.0.1:7302",
	IGWH_APP_ID: appId,
	IGWH_APP_SECRET: appSecret,
	IGWH_VERIFY_TOKEN: verifyToken,
	IGWH_PAGE_ID: pageId,
	IGWH_PAGE_TOKEN: pageToken,
	IGWH_IG_USER_ID: igUserId,
};

/**
 * A machine, a Graph API whose state a test may change, and a good receiver at
 * the callback: with the app and its page subscribed, every gate is open.
 * @param env settings to change; an empty text takes one away
 */
export async function createLiveMachine(env: Record<string, string> = {}) {
	const machine = createMachine({ ...liveEnv, ...env });
	const sandbox = createSandbox(machine.world());
	const graph = await machine.serve(sandbox.handler, {
		port: 7302,
		maxBodyBytes: 1e6,
	});
	let receiver: Handler = goodReceiver();
	await machine.serve((request) => receiver(request), {
		port: 7300,
		maxBodyBytes: 1e6,
	});
	const { state } = sandbox;
	state.subscriptions.set("instagram", {
		callbackUrl,
		verifyToken,
		fields: ["comments", "live_comments", "mentions", "story_insights"].map(
			(name) => ({ name, version: "v25.0" }),
		),
	});
	for (const page of state.pages.values()) page.subscribedFields = ["feed"];
	return {
		...machine,
		state,
		graph,
		sandbox,
		/** Puts another receiver at the callback. */
		receive(handler: Handler) {
			receiver = handler;
		},
		/** Runs the doctor; `ids` are the checks that did not pass, with what they say. */
		async diagnose(
			flags = "",
			person?: Person,
			change?: (world: World) => World,
		) {
			const outcome = await machine.run(
				`doctor --json ${flags}`,
				person,
				change,
			);
			const checks = outcome.records.filter(
				({ type }) => type === "check",
			) as unknown as {
				id: string;
				status: string;
				detail: string;
				fix?: string;
			}[];
			const having = (status: string) =>
				checks.filter((check) => check.status === status).map(({ id }) => id);
			return {
				...outcome,
				checks,
				failed: having("fail"),
				warned: having("warn"),
				unknown: having("unknown"),
				check: (id: string) => checks.find((check) => check.id === id),
			};
		},
	};
}

export type LiveMachine = Awaited<ReturnType<typeof createLiveMachine>>;
