import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { challengeFor, handle, isSigned, type Start } from "./rules.ts";

/** Receivers on nothing but Node. */
export const nodeReceivers: Record<string, Start> = {
	"node:http": (rules) =>
		serve(async (request, response) => {
			const url = new URL(request.url ?? "", "http://localhost");
			if (request.method === "GET") {
				const challenge = challengeFor(url.searchParams, rules);
				response.statusCode = challenge === undefined ? 403 : 200;
				response.setHeader("Content-Type", "text/plain");
				return response.end(challenge);
			}
			const raw = await bodyOf(request);
			const header = request.headers["x-hub-signature-256"] as string;
			response.statusCode = !isSigned(raw, header, rules)
				? 401
				: handle(raw)
					? 200
					: 400;
			response.end();
		}),

	"node:http that answers first and works later": async (rules) => {
		const queue: Buffer[] = [];
		const work = setInterval(() => queue.splice(0).forEach(handle), 5);
		const running = await serve(async (request, response) => {
			const url = new URL(request.url ?? "", "http://localhost");
			if (request.method === "GET") {
				const challenge = challengeFor(url.searchParams, rules);
				const status = challenge === undefined ? 403 : 200;
				response.writeHead(status, { "Content-Type": "text/plain" });
				return response.end(challenge);
			}
			const raw = await bodyOf(request);
			const header = request.headers["x-hub-signature-256"] as string;
			if (!isSigned(raw, header, rules)) return response.writeHead(401).end();
			queue.push(raw);
			response.end("EVENT_RECEIVED");
		});
		return {
			url: running.url,
			close: () => {
				clearInterval(work);
				return running.close();
			},
		};
	},

	"node:net, HTTP by hand": async (rules) => {
		const server = net.createServer((socket) => {
			let received = Buffer.alloc(0);
			socket.on("error", () => {});
			socket.on("data", (chunk) => {
				received = Buffer.concat([received, chunk]);
				const end = received.indexOf("\r\n\r\n");
				if (end < 0) return;
				const head = received.subarray(0, end).toString("latin1");
				const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
				const raw = received.subarray(end + 4);
				if (raw.length < length) return;
				const [method, target = ""] = head.split(" ");
				const signatures = [
					...head.matchAll(/^x-hub-signature-256: *(.*)$/gim),
				].map(([, value = ""]) => value.trim());
				const answer = (status: string, text = "") =>
					socket.end(
						`HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
					);
				if (method === "GET") {
					const query = new URLSearchParams(target.split("?")[1]);
					const challenge = challengeFor(query, rules);
					if (challenge === undefined) answer("403 Forbidden");
					else answer("200 OK", challenge);
				} else if (
					signatures.length > 1 ||
					!isSigned(raw, signatures[0], rules)
				)
					answer("401 Unauthorized");
				else answer(handle(raw) ? "200 OK" : "400 Bad Request");
			});
		});
		return listening(server);
	},
};

function serve(
	answer: (
		request: http.IncomingMessage,
		response: http.ServerResponse,
	) => unknown,
) {
	return listening(
		http.createServer((request, response) => void answer(request, response)),
	);
}

/** Any server, on a free port of 127.0.0.1. */
export async function listening(server: net.Server) {
	await new Promise<void>((resolve) =>
		server.listen(0, "127.0.0.1", () => resolve()),
	);
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook`,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				if (server instanceof http.Server) server.closeAllConnections();
			}),
	};
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}
