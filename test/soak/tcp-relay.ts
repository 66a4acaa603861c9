import net, { type AddressInfo } from "node:net";
import type { Soak } from "./scenario.ts";

/** A wire between two programs that can go dead without a word to either. */
export interface TcpRelay {
	port: number;
	/** From now on, nothing passes over the connections there are; new ones work. */
	freeze(): void;
	/** The far end learns that its frozen connections are dead. */
	cutFarEnds(): void;
}

/** @param port 0 takes a free one */
export async function startTcpRelay(
	{ afterwards }: Pick<Soak, "afterwards">,
	targetPort: number,
	port = 0,
): Promise<TcpRelay> {
	const near = new Set<net.Socket>();
	const far = new Set<net.Socket>();
	let frozen: net.Socket[] = [];
	const server = net.createServer({ allowHalfOpen: true }, (socket) => {
		const target = net.connect({
			port: targetPort,
			host: "127.0.0.1",
			allowHalfOpen: true,
		});
		near.add(socket);
		far.add(target);
		for (const [from, to] of [
			[socket, target],
			[target, socket],
		] as const) {
			from.pipe(to);
			from.on("error", () => {});
			from.on("close", () => {
				near.delete(from);
				far.delete(from);
				if (!frozen.includes(to)) to.destroy();
			});
		}
	});
	await new Promise<void>((resolve) =>
		server.listen(port, "127.0.0.1", resolve),
	);
	afterwards(() => {
		server.close();
		for (const socket of [...near, ...far, ...frozen]) socket.destroy();
	});
	return {
		port: (server.address() as AddressInfo).port,
		freeze() {
			frozen = [...far];
			for (const socket of [...near, ...far]) socket.unpipe().pause();
		},
		cutFarEnds() {
			for (const socket of frozen) socket.destroy();
		},
	};
}
