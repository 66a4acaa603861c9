import type { World } from "../world.ts";
import type {
	Check,
	Exchange,
	JudgeContext,
	Judgement,
	Setup,
} from "./check.ts";
import { groupOf } from "./check.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Preflight, runPreflight } from "./preflight.ts";
import { sendProbe } from "./send-probe.ts";

/** A check, its requests with their answers, and the result. */
export interface Finding {
	check: Check;
	exchanges: readonly Exchange[];
	judgement: Judgement;
	/** Why it did not run. */
	notTried?: string;
}

export interface Verification {
	findings: Finding[];
	diagnosis: Diagnosis;
}

type CheckWorld = Pick<World, "network" | "clock" | "interrupt" | "terminal">;

/**
 * Runs checks one after the other, so that each meets an idle receiver; where
 * the first requests prove that nothing can be learned, none runs.
 * @throws IgwhError `network` where nothing listens
 */
export async function runChecks(
	checks: readonly Check[],
	setup: Setup,
	world: CheckWorld,
): Promise<Verification> {
	const deadline = world.clock.elapsed() + setup.limitMs;
	world.terminal.progress(`connecting to ${setup.url}`);
	const preflight = await runPreflight(checks, setup, world);
	const findings: Finding[] = [];
	for (const [index, check] of checks.entries()) {
		if (world.interrupt.aborted) break;
		world.terminal.progress(`${index + 1}/${checks.length}  ${check.id}`);
		findings.push(await runCheck(check, { preflight, setup, world, deadline }));
	}
	world.terminal.progress("");
	return { findings, diagnosis: preflight.diagnosis };
}

interface RunContext {
	preflight: Preflight;
	setup: Setup;
	world: CheckWorld;
	/** On the clock's `elapsed`. */
	deadline: number;
}

async function runCheck(check: Check, context: RunContext): Promise<Finding> {
	const { preflight, setup } = context;
	const reason = reasonNotToTry(check, preflight);
	if (reason !== undefined) return notTried(check, reason);
	const exchanges = await exchangesOf(check, context);
	if (!exchanges)
		return notTried(
			check,
			`the run reached its limit of ${setup.limitMs / 1000} s`,
		);
	const judging: JudgeContext = { ...setup, baseline: preflight.baseline };
	return { check, exchanges, judgement: check.judge(exchanges, judging) };
}

function notTried(check: Check, reason: string): Finding {
	const judgement = {
		status: "unknown",
		detail: `not tried: ${reason}`,
	} as const;
	return { check, exchanges: [], judgement, notTried: reason };
}

function reasonNotToTry(
	check: Check,
	{ baseline, diagnosis }: Preflight,
): string | undefined {
	const { stop, untrusted, slowDeliveries } = diagnosis;
	if (check.untestable) return undefined;
	if (stop) return stop.text;
	if (untrusted && check.id !== "handshake.certificate")
		return "the certificate is not trusted";
	if (check.probes === "first handshake" || check.probes === "first delivery")
		return undefined;
	if (slowDeliveries && groupOf(check) !== "handshake")
		return "deliveries are not answered in time";
	if (check.control === "handshake" && !baseline.answeredHandshake)
		return "a correct handshake is not answered with its challenge";
	if (check.control === "delivery" && !baseline.accepted)
		return "well-signed deliveries are not accepted";
	return undefined;
}

/** Nothing where the time for the run is over. */
async function exchangesOf(
	{ probes, together }: Check,
	{ preflight, setup, world, deadline }: RunContext,
): Promise<Exchange[] | undefined> {
	if (probes === "first handshake") return [preflight.handshake];
	if (probes === "first delivery") return [preflight.delivery as Exchange];
	const isOver = () => world.clock.elapsed() >= deadline;
	if (isOver()) return undefined;
	if (together)
		return Promise.all(
			probes(setup).map((probe) => sendProbe(probe, setup, world)),
		);
	const exchanges: Exchange[] = [];
	for (const probe of probes(setup)) {
		if (isOver()) return undefined;
		exchanges.push(await sendProbe(probe, setup, world));
	}
	return exchanges;
}
