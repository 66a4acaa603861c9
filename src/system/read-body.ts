import type http from "node:http";

/** How many of the largest bodies may be half received at once; further requests are asked to try again. */
const maxBodies = 32;

export type BodyReader = (
	incoming: http.IncomingMessage,
) => Promise<Buffer | "too large" | "too many" | "aborted">;

/** Reads bodies; limits the bytes of all requests that are half received. */
export function bodyReader(maxBodyBytes: number): BodyReader {
	let held = 0;
	return (incoming) =>
		new Promise((resolve) => {
			let chunks: Buffer[] = [];
			let size = 0;
			const settle = (result: Awaited<ReturnType<BodyReader>>) => {
				for (const chunk of chunks) held -= chunk.length;
				chunks = [];
				resolve(result);
			};
			incoming.on("data", (chunk: Buffer) => {
				size += chunk.length;
				if (size > maxBodyBytes) return settle("too large");
				if (held + chunk.length > maxBodies * maxBodyBytes)
					return settle("too many");
				held += chunk.length;
				chunks.push(chunk);
			});
			incoming.on("end", () => settle(Buffer.concat(chunks)));
			incoming.on("error", () => settle("aborted"));
		});
}
