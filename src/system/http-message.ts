import type { HttpResponse } from "../http.ts";

/** Reads one HTTP/1.1 response from the pieces of a connection. */
export interface ResponseReader {
	/** @throws Error where it is no HTTP */
	add(chunk: Buffer): void;
	/** The connection has ended, which may be the end of the body. */
	end(): void;
	/** The response, once it is whole. */
	readonly response: HttpResponse | undefined;
	/** The connection may be used again. */
	readonly reusable: boolean;
}

/** A server that never ends its headers is none. */
const longestHead = 256 * 1024;

export function responseReader(): ResponseReader {
	let received: Buffer = Buffer.alloc(0);
	let head: Head | undefined;
	let response: HttpResponse | undefined;
	const whole = (body: Buffer | undefined) => {
		if (!head || !body) return;
		const { status, headers } = head;
		response = { status, headers, body };
	};
	return {
		add(chunk) {
			received = received.length ? Buffer.concat([received, chunk]) : chunk;
			while (!head || head.status < 200) {
				const end = received.indexOf("\r\n\r\n");
				if (end < 0) {
					if (received.length > longestHead) throw notHttp();
					return;
				}
				// Whatever comes before the answer, such as 100 Continue, is passed over.
				head = readHead(received.toString("latin1", 0, end));
				received = received.subarray(end + 4);
			}
			whole(bodyOf(received, head));
		},
		end() {
			if (head?.framing === "close") whole(received);
		},
		get response() {
			return response;
		},
		get reusable() {
			return head?.keepAlive === true && head.framing !== "close";
		},
	};
}

interface Head {
	status: number;
	headers: [string, string][];
	/** How the body's end is known. */
	framing: number | "chunked" | "close";
	keepAlive: boolean;
}

let lastText = "";
let lastHead: Head | undefined;

/** Servers repeat themselves; then the head of before will do. */
function readHead(text: string): Head {
	if (text !== lastText || !lastHead) {
		lastHead = parseHead(text);
		lastText = text;
	}
	return lastHead;
}

function parseHead(text: string): Head {
	const [first = "", ...lines] = text.split("\r\n");
	const [, minor, code] = /^HTTP\/1\.([01]) (\d{3})/.exec(first) ?? [];
	if (code === undefined) throw notHttp();
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(":");
		if (colon < 1) throw notHttp();
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
	const value = (wanted: string) =>
		headers.find(([name]) => name.toLowerCase() === wanted)?.[1]?.toLowerCase();
	const status = Number(code);
	const connection = value("connection") ?? (minor === "1" ? "" : "close");
	return {
		status,
		headers,
		framing: framing(
			status,
			value("transfer-encoding"),
			value("content-length"),
		),
		keepAlive: !connection.includes("close"),
	};
}

function framing(
	status: number,
	encoding: string | undefined,
	length: string | undefined,
): Head["framing"] {
	if (status < 200 || status === 204 || status === 304) return 0;
	if (encoding?.endsWith("chunked")) return "chunked";
	return length !== undefined && /^\d+$/.test(length)
		? Number(length)
		: "close";
}

/** The body, once it is whole. */
function bodyOf(received: Buffer, { framing }: Head): Buffer | undefined {
	if (framing === "chunked") return unchunked(received);
	if (framing === "close" || received.length < framing) return undefined;
	return received.subarray(0, framing);
}

function unchunked(received: Buffer): Buffer | undefined {
	const chunks: Buffer[] = [];
	for (let at = 0; ; ) {
		const lineEnd = received.indexOf("\r\n", at);
		if (lineEnd < 0) return undefined;
		const size = Number.parseInt(received.toString("latin1", at, lineEnd), 16);
		if (!(size >= 0)) throw notHttp();
		const start = lineEnd + 2;
		if (size === 0)
			return received.indexOf("\r\n", start) < 0
				? undefined
				: Buffer.concat(chunks);
		if (received.length < start + size + 2) return undefined;
		chunks.push(received.subarray(start, start + size));
		at = start + size + 2;
	}
}

function notHttp(): Error {
	return Object.assign(new Error("the answer is not HTTP"), {
		code: "HPE_INVALID",
	});
}
