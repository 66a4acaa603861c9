import {
	brotliDecompressSync,
	gunzipSync,
	inflateRawSync,
	inflateSync,
} from "node:zlib";
import { bodyText, type HttpResponse, headerValues } from "./http.ts";

/** More than any hint or challenge needs; what inflates beyond it is not read. */
const maxOutputLength = 1024 * 1024;

/**
 * The text of an answer to read, without its `Content-Encoding`. Never throws:
 * what cannot be decoded is named in brackets. Bytes to forward stay as they are.
 */
export function responseText({
	headers,
	body,
}: Pick<HttpResponse, "headers" | "body">): string {
	const codings = headerValues(headers, "content-encoding")
		.flatMap((value) => value.toLowerCase().split(","))
		.map((name) => name.trim())
		.filter((name) => name !== "" && name !== "identity");
	if (body.length === 0) return "";
	try {
		return bodyText({ body: codings.reduceRight(decoded, body) });
	} catch {
		return `[an answer encoded as ${codings.join(", ")} that cannot be decoded]`;
	}
}

function decoded(body: Uint8Array, coding: string): Uint8Array {
	const limit = { maxOutputLength };
	if (coding === "gzip" || coding === "x-gzip") return gunzipSync(body, limit);
	if (coding === "br") return brotliDecompressSync(body, limit);
	if (coding !== "deflate") throw new Error(coding);
	// Some servers leave out the zlib header (RFC 9110 §8.4.1.2).
	const hasHeader = ((body[0] ?? 0) & 0x0f) === 8;
	return hasHeader ? inflateSync(body, limit) : inflateRawSync(body, limit);
}
