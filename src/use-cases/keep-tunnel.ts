import type { TunnelRecord } from "../records.ts";
import type { TunnelOptions, World } from "../world.ts";

export interface KeptTunnel {
	/** Its first public address. */
	url: string;
	close(): void;
}

const openingMs = 15_000;
/** How long to wait before each attempt to reconnect; the last one repeats. */
const reconnectMs = [0, 100, 1000, 5000];

/**
 * Opens a tunnel and opens it again, for ever, whenever it is lost, asking for
 * the same address.
 * @throws IgwhError `tunnel` where the first one does not open
 */
export async function keepTunnel(
	options: Omit<TunnelOptions, "timeoutMs">,
	tell: (record: TunnelRecord) => void,
	{ network, clock }: World,
): Promise<KeptTunnel> {
	const closing = new AbortController();
	const wanted = { ...options, timeoutMs: openingMs };
	let tunnel = await network.openTunnel(wanted);
	const first = tunnel.url;
	const subdomain = new URL(first).hostname.split(".")[0];

	const reopen = async () => {
		for (let attempt = 0; !closing.signal.aborted; attempt++) {
			const wait = reconnectMs[Math.min(attempt, reconnectMs.length - 1)] ?? 0;
			await clock.sleep(wait, closing.signal);
			const opened = await network
				.openTunnel({ ...wanted, subdomain })
				.catch(() => undefined);
			if (opened) return opened;
		}
		return undefined;
	};
	const supervise = async () => {
		for (;;) {
			const reason = await tunnel.lost;
			tunnel.close();
			if (closing.signal.aborted) return;
			tell({ type: "tunnel", state: "lost", url: tunnel.url, reason });
			const opened = await reopen();
			if (!opened) return;
			tunnel = opened;
			if (closing.signal.aborted) return tunnel.close();
			tell({ type: "tunnel", state: "reopened", url: tunnel.url });
		}
	};
	supervise();
	tell({ type: "tunnel", state: "open", url: first });
	return {
		url: first,
		close: () => {
			closing.abort();
			tunnel.close();
		},
	};
}
