import { bodyText } from "../http.ts";
import { probe } from "../probe.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import { UnreachableError, type World } from "../world.ts";

/** The API of a running ngrok agent. */
const agentUrl = "http://127.0.0.1:4040/api/tunnels";

/**
 * The public URL of a running ngrok agent that forwards to a local port. Nothing
 * where no agent runs, or none of its tunnels forwards to the port.
 */
export async function findNgrok(
	port: number,
	{ network, terminal }: Pick<World, "network" | "terminal">,
): Promise<string | undefined> {
	const tunnels = await agentTunnels(network);
	const found = tunnels.find((tunnel) => tunnel.port === String(port));
	const [other] = tunnels;
	if (!found && other?.port)
		terminal.note(
			`an ngrok agent forwards to port ${other.port}; to use it: igwh listen --port ${other.port}`,
		);
	return found?.url;
}

async function agentTunnels(
	network: World["network"],
): Promise<{ url: string; port: string }[]> {
	const answer = await probe(agentUrl, network, {
		timeoutMs: 1000,
		headers: [["Accept", "application/json"]],
	});
	if (answer instanceof UnreachableError) return [];
	try {
		return readTunnels(JSON.parse(bodyText(answer)));
	} catch (error) {
		if (error instanceof SyntaxError) return [];
		throw error;
	}
}

function readTunnels(answer: unknown): { url: string; port: string }[] {
	return asArray(asRecord(answer).tunnels)
		.map(asRecord)
		.map(({ public_url, config }) => ({
			url: asString(public_url),
			port: /:(\d{1,5})\/?$/.exec(asString(asRecord(config).addr))?.[1] ?? "",
		}))
		.filter(({ url }) => /^https:\/\/[\w.-]+$/.test(url));
}
