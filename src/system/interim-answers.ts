import type { Socket } from "node:net";

/** A server may send these before its answer, unasked (RFC 9110 §15.2); 101 is an answer. */
const interim = /^HTTP\/1\.[01] 1(?!01)\d\d[^\d]/;
const interimStart = "HTTP/1.1 1xx ";
const endOfHeaders = "\r\n\r\n";

/** Longer headers are left to the parser, which refuses them. */
const maxHeaderBytes = 16 * 1024;

/**
 * Keeps interim answers from a connection's reader: undici closes the
 * connection at a `100 Continue` that it did not ask for, and the request
 * cannot be sent again. It reads with `read`, and writes the headers of each
 * request as one string, the body as bytes.
 */
export function withoutInterimAnswers(socket: Socket): Socket {
	const read = socket.read.bind(socket);
	const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
	/** Nothing of the answer has been read yet. */
	let isBeginning = false;
	let held: Buffer = Buffer.alloc(0);

	socket.write = (chunk: unknown, ...rest: unknown[]) => {
		if (typeof chunk === "string") isBeginning = true;
		return write(chunk, ...rest);
	};
	socket.read = (size?: number) => {
		for (;;) {
			const chunk: Buffer | null = read(size);
			if (chunk === null || !isBeginning) return chunk;
			const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
			held = afterInterimAnswers(bytes);
			if (mayBeInterim(held)) continue;
			const answer = held;
			held = Buffer.alloc(0);
			isBeginning = false;
			return answer;
		}
	};
	return socket;
}

function afterInterimAnswers(bytes: Buffer): Buffer {
	let rest = bytes;
	while (isInterim(rest)) {
		const end = rest.indexOf(endOfHeaders);
		if (end < 0) break;
		rest = rest.subarray(end + endOfHeaders.length);
	}
	return rest;
}

function isInterim(bytes: Buffer): boolean {
	return interim.test(bytes.toString("latin1", 0, interimStart.length));
}

/** The beginning of an answer that is incomplete, or too short to know whether it is interim. */
function mayBeInterim(bytes: Buffer): boolean {
	if (bytes.length >= interimStart.length)
		return isInterim(bytes) && bytes.length < maxHeaderBytes;
	const padded = bytes.toString("latin1") + interimStart.slice(bytes.length);
	return /^HTTP\/1\.[01] 1[\dx]{2} $/.test(padded);
}
