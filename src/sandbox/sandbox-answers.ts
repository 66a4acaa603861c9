import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { UnreachableError, type World } from "../world.ts";

/** Whether a sandbox runs at an address. @throws IgwhError where something else answers */
export async function sandboxAnswers(
	origin: string,
	world: Pick<World, "network">,
): Promise<boolean> {
	try {
		const answer = await world.network.send({
			method: "GET",
			url: `${origin}/sandbox/ping`,
			headers: [],
			body: new Uint8Array(),
			timeoutMs: 2000,
		});
		if (bodyText(answer).includes('"igwh"')) return true;
	} catch (error) {
		if (error instanceof UnreachableError && error.kind === "refused")
			return false;
		throw error;
	}
	throw notASandbox(origin);
}

export function notASandbox(origin: string): IgwhError {
	return new IgwhError(
		"network",
		`what answers at ${origin} is not a sandbox of igwh`,
		"start one with: igwh sandbox --port 0, and name it with --graph-url",
	);
}
