import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { probe } from "../probe.ts";
import { UnreachableError, type World } from "../world.ts";

/** Whether a sandbox runs at an address. @throws IgwhError where something else answers */
export async function sandboxAnswers(
	origin: string,
	world: Pick<World, "network">,
): Promise<boolean> {
	const answer = await probe(`${origin}/sandbox/ping`, world.network, {
		timeoutMs: 2000,
	});
	if (answer instanceof UnreachableError) {
		if (answer.kind === "refused") return false;
		throw answer;
	}
	if (bodyText(answer).includes('"igwh"')) return true;
	throw notASandbox(origin);
}

export function notASandbox(origin: string): IgwhError {
	return new IgwhError(
		"network",
		`what answers at ${origin} is not a sandbox of igwh`,
		"start one with: igwh sandbox --port 0, and name it with --graph-url",
	);
}
