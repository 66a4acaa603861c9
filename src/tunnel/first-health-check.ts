import { IgwhError } from "../igwh-error.ts";
import {
	type HealthChecks,
	healthProblem,
	type PublicAddress,
} from "./health-check.ts";

/** A new name may take a while until it leads somewhere: how long to wait before each check. */
const waitsMs = [0, 100, 1000, 5000];
/** No check starts later than this. */
const openingMs = 15_000;

/**
 * Checks a public URL before anything is registered with it.
 * @param over ends it without a verdict
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
	for (const wait of waitsMs) {
		await clock.sleep(wait, over);
		if (clock.now() >= deadline) break;
		problem = await healthProblem(address, checks, over);
		if (problem === undefined || over?.aborted) return;
	}
	throw new IgwhError(
		"tunnel",
		`${address.url} does not lead to this listener: ${problem}`,
		"point it at this port, use another way with --public-url or --tunnel-host, or skip this check with --no-check",
	);
}
