import type http from "node:http";
import type { Socket } from "node:net";

export interface Connections {
	/** A whole request arrived: until `answered`, the peer waits for the server. */
	working(socket: Socket): void;
	answered(socket: Socket): void;
	/** Closes, without an answer, every connection on which no request has begun. */
	closeIdle(): void;
}

interface State {
	/** Requests that arrived whole and are not answered. */
	requests: number;
	/** How many bytes had arrived when the last request was answered. */
	bytesBefore: number;
}

/**
 * Keeps the number of a server's connections bounded. A tunnel opens its
 * connections ahead of need, so silence is no reason to close one. Only where
 * there are too many, the connection whose peer has kept the server waiting
 * longest (silent, or with half a request) is closed without an answer: a tunnel
 * opens it again, and its server never mistakes a stray status for an answer.
 */
export function boundConnections(
	server: http.Server,
	maxConnections: number,
): Connections {
	/** In the order in which they began to wait for their peers. */
	const open = new Map<Socket, State>();

	const closeLongestWaiting = () => {
		for (const [socket, { requests }] of open) {
			if (requests > 0) continue;
			open.delete(socket);
			socket.destroy();
			return;
		}
	};

	server.on("connection", (socket: Socket) => {
		open.set(socket, { requests: 0, bytesBefore: 0 });
		socket.once("close", () => open.delete(socket));
		if (open.size > maxConnections) closeLongestWaiting();
	});

	return {
		working(socket) {
			const state = open.get(socket);
			if (state) state.requests += 1;
		},
		answered(socket) {
			const state = open.get(socket);
			if (!state) return;
			state.requests -= 1;
			state.bytesBefore = socket.bytesRead;
			open.delete(socket);
			open.set(socket, state);
		},
		closeIdle() {
			for (const [socket, { requests, bytesBefore }] of open)
				if (requests === 0 && socket.bytesRead === bytesBefore)
					socket.destroy();
		},
	};
}
