import { responseText } from "../response-text.ts";
import { UnreachableError, type World } from "../world.ts";
import type { Answer, Exchange, Probe, Setup } from "./check.ts";

export type ProbeWorld = Pick<World, "network" | "clock" | "interrupt">;

/** Sends a request of a check and reads the answer; that there is none is an answer too. */
export async function sendProbe(
	probe: Probe,
	setup: Setup,
	world: ProbeWorld,
): Promise<Exchange> {
	return { probe, answer: await answerTo(probe, setup, world) };
}

async function answerTo(
	{ method, url, headers, body }: Probe,
	{ timeoutMs }: Setup,
	{ network, clock, interrupt }: ProbeWorld,
): Promise<Answer> {
	const startedAt = clock.now();
	const elapsed = () => clock.now() - startedAt;
	const none = (reason: UnreachableError["kind"], message: string) =>
		({ kind: "none", reason, message, ms: elapsed() }) as const;
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
		if (ms > timeoutMs) return none("timeout", `answered after ${ms} ms`);
		const { status, headers: received } = response;
		const text = responseText(response);
		return { kind: "response", status, headers: received, text, ms };
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		return none(error.kind, error.message);
	}
}
