import { probe, tunnelHeaders } from "../probe.ts";
import { healthTarget, isHealthy } from "../receiver/receiver.ts";
import { UnreachableError, type World } from "../world.ts";

/** A public URL and where requests to it are sent. */
export interface PublicAddress {
	url: string;
	entry: string;
}

export interface HealthChecks {
	healthToken: string;
	world: Pick<World, "network" | "clock">;
}

/** How long a request through the public URL may take. */
const timeoutMs = 10_000;
/** The pause between two checks. */
const everyMs = 20_000;
/** How many checks in a row must fail: a single one may be a short network problem. */
const failureThreshold = 2;

/** Resolves with the reason once health checks failed too often in a row, or when closed. */
export async function untilUnhealthy(
	address: PublicAddress,
	checks: HealthChecks,
	closed: AbortSignal,
): Promise<string> {
	let problem: string | undefined;
	for (let failed = 0; failed < failureThreshold && !closed.aborted; ) {
		await checks.world.clock.sleep(everyMs, closed);
		if (closed.aborted) break;
		problem = await healthProblem(address, checks, closed);
		failed = problem === undefined ? 0 : failed + 1;
	}
	return `health checks fail: ${problem ?? "closed"}`;
}

/**
 * Sends a request to this listener through its public URL.
 * @returns why it did not arrive; nothing where it did
 */
export async function healthProblem(
	{ url, entry }: PublicAddress,
	{ healthToken, world }: HealthChecks,
	closed?: AbortSignal,
): Promise<string | undefined> {
	const answer = await probe(
		`${entry}${healthTarget(healthToken)}`,
		world.network,
		{
			timeoutMs,
			headers: [["Host", new URL(url).host], ...tunnelHeaders],
			signal: closed,
		},
	);
	if (answer instanceof UnreachableError) return answer.message;
	return isHealthy(answer, healthToken)
		? undefined
		: `another server answered with ${answer.status}`;
}
