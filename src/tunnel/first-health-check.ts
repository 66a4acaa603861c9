import { IgwhError } from "../igwh-error.ts";
import { tunnelWaitsMs } from "../retry-waits.ts";
import {
	type HealthChecks,
	healthProblem,
	type PublicAddress,
} from "./health-check.ts";

/** No check starts later than this after the first. */
const openingMs = 15_000;

/**
 * Checks a public URL before anything is registered with it.
 * @param over ends it without a result
 * @throws IgwhError `tunnel` where no request arrives
 */
export async function checkFirst(
	address: PublicAddress,
	checks: HealthChecks,
	over?: AbortSignal,
): Promise<void> {
	const { clock } = checks.world;
	const deadline = clock.now() + openingMs;
	let problem: string | undefined;
	for (const wait of tunnelWaitsMs) {
		await clock.sleep(wait, over);
		if (clock.now() >= deadline) break;
		problem = await healthProblem(address, checks, over);
		if (problem === undefined || over?.aborted) return;
	}
	throw new IgwhError(
		"tunnel",
		`${address.url} does not reach this listener: ${problem}`,
		"forward it to this port, use another address with --public-url or --tunnel-host, or skip this check with --no-check",
	);
}
