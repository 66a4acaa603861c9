import { IgwhError } from "../igwh-error.ts";
import { responseText } from "../response-text.ts";
import { UnreachableError, type World } from "../world.ts";
import type {
	Answer,
	Check,
	Exchange,
	Judgement,
	Probe,
	Setup,
} from "./check.ts";
import { mention, message } from "./payloads.ts";
import { delivery, handshake } from "./probes.ts";

/** A check, all that was sent and came back for it, and what it means. */
export interface Finding {
	check: Check;
	exchanges: readonly Exchange[];
	judgement: Judgement;
}

type Surroundings = Pick<World, "network" | "clock" | "interrupt">;

/**
 * Runs checks one after the other, so that each meets a receiver at rest.
 * @throws IgwhError `network` where there is nobody to check
 */
export async function* runChecks(
	checks: readonly Check[],
	setup: Setup,
	world: Surroundings,
): AsyncGenerator<Finding> {
	const trusted = await knock(setup, world);
	const controls = lazyControls(setup, world);
	for (const check of checks) {
		if (world.interrupt.aborted) return;
		const blocked = trusted
			? check.control && (await controls[check.control]())
			: !check.id.endsWith(".certificate") &&
				"not tried: the certificate is not trusted";
		if (blocked) {
			const judgement: Judgement = { status: "unknown", detail: blocked };
			yield { check, exchanges: [], judgement };
			continue;
		}
		const exchanges = await exchangeAll(check, setup, world);
		yield { check, exchanges, judgement: check.judge(exchanges, setup) };
	}
}

/** Is there somebody, and a connection to trust? */
async function knock(setup: Setup, world: Surroundings): Promise<boolean> {
	const probe = handshake(setup, { what: "a handshake" });
	const { answer } = await exchange(probe, setup, world);
	if (answer.kind === "response" || answer.reason === "timeout") return true;
	if (answer.reason === "certificate") return false;
	throw new IgwhError(
		"network",
		`there is no receiver to verify: ${answer.message}`,
		"start it first, and check the URL and its port",
	);
}

/** Why the checks that stand on a control mean nothing; asked at most once. */
function lazyControls(setup: Setup, world: Surroundings) {
	const once = (find: () => Promise<string | undefined>) => {
		let found: Promise<string | undefined> | undefined;
		return () => {
			found ??= find();
			return found;
		};
	};
	const anyTaken = async (probes: Probe[], isTaken = (_: string) => true) => {
		for (const probe of probes) {
			const { answer } = await exchange(probe, setup, world);
			if (answer.kind !== "response" || answer.status >= 300) continue;
			if (isTaken(answer.text)) return true;
		}
		return false;
	};
	return {
		handshake: once(async () => {
			const probe = handshake(setup, { what: "a handshake" });
			return (await anyTaken([probe], (text) =>
				text.includes(probe.challenge as string),
			))
				? undefined
				: "not tried: even a good handshake is not answered";
		}),
		delivery: once(async () =>
			(await anyTaken([
				delivery(setup, "a mention", mention(setup, 0)),
				delivery(setup, "a message", message(setup, 5, "hello")),
			]))
				? undefined
				: "not tried: even well signed deliveries are not taken",
		),
	};
}

async function exchangeAll(
	check: Check,
	setup: Setup,
	world: Surroundings,
): Promise<Exchange[]> {
	const probes = check.probes(setup);
	const ask = async (probe: Probe) => ({
		probe,
		...(await exchange(probe, setup, world)),
	});
	if (check.together) return Promise.all(probes.map(ask));
	const exchanges: Exchange[] = [];
	for (const probe of probes) exchanges.push(await ask(probe));
	return exchanges;
}

async function exchange(
	{ method, url, headers, body }: Probe,
	{ timeoutMs }: Setup,
	{ network, clock, interrupt }: Surroundings,
): Promise<{ answer: Answer }> {
	const startedAt = clock.now();
	const elapsed = () => clock.now() - startedAt;
	const none = (reason: UnreachableError["kind"], message: string) => ({
		answer: { kind: "none", reason, message, ms: elapsed() } as const,
	});
	try {
		const response = await network.send({
			method,
			url,
			headers,
			body,
			timeoutMs,
			signal: interrupt,
		});
		const ms = elapsed();
		if (ms > timeoutMs)
			return none("timeout", `it answered only after ${ms} ms`);
		const { status, headers: received } = response;
		const text = responseText(response);
		return {
			answer: { kind: "response", status, headers: received, text, ms },
		};
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		return none(error.kind, error.message);
	}
}
