import type { Config } from "../config/config.ts";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { isLoopbackUrl } from "../loopback-guard.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import { UnreachableError, type World } from "../world.ts";
import type { ControlOperation } from "./control.ts";
import { sandboxSettings } from "./credentials.ts";
import { registeredSandbox } from "./registered-sandbox.ts";
import { notASandbox } from "./sandbox-answers.ts";

/** Does something to a running sandbox; fails with what it says of it. */
export type AskSandbox = (
	operation: ControlOperation,
	input?: object,
) => Promise<Record<string, unknown>>;

/** For the sandbox that is configured, or else the one that runs in the home folder. */
export async function sandboxControl(
	config: Config,
	world: World,
): Promise<AskSandbox> {
	const origin = new URL(await sandboxAddress(config, world)).origin;
	return (operation, input = {}) => ask({ origin, operation, input }, world);
}

/** Meta's address is not a sandbox's: Meta has no such edge. */
async function sandboxAddress(config: Config, world: World): Promise<string> {
	const configured = config.get("graphUrl");
	if (config.source("graphUrl") !== "sandbox" && isLoopbackUrl(configured))
		return configured;
	return (
		(await registeredSandbox(config.get("home"), world)) ??
		(sandboxSettings.graphUrl as string)
	);
}

async function ask(
	{
		origin,
		operation,
		input,
	}: { origin: string; operation: ControlOperation; input: object },
	world: World,
): Promise<Record<string, unknown>> {
	const response = await world.network
		.send({
			method: "POST",
			url: `${origin}/sandbox/${operation}`,
			headers: [["Content-Type", "application/json"]],
			body: Buffer.from(JSON.stringify(input)),
			timeoutMs: 60_000,
			signal: world.interrupt,
		})
		.catch(notThere);
	const answer = asRecord(parsedAnswer(bodyText(response), origin));
	if (response.status === 200) return answer;
	const { message } = asRecord(answer.error);
	throw new IgwhError(
		"usage",
		asString(message) || `the sandbox answered ${response.status}`,
		"see: igwh trigger --help, igwh sandbox --help",
	);
}

function notThere(error: unknown): never {
	if (!(error instanceof UnreachableError)) throw error;
	throw new IgwhError(
		"network",
		`no sandbox is running: ${error.message}`,
		"start one in another terminal: igwh sandbox",
	);
}

/** @throws IgwhError `network` where something else than a sandbox answers */
function parsedAnswer(text: string, origin: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw notASandbox(origin);
	}
}
