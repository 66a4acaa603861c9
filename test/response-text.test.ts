import {
	brotliCompressSync,
	deflateRawSync,
	deflateSync,
	gzipSync,
} from "node:zlib";
import { expect, test } from "vitest";
import { responseText } from "../src/response-text.ts";

const text = "Error: boom\n  at ä";
const plain = Buffer.from(text);

test.each<[string, Buffer]>([
	["", plain],
	["identity", plain],
	["gzip", gzipSync(plain)],
	["X-GZIP", gzipSync(plain)],
	["deflate", deflateSync(plain)],
	["deflate", deflateRawSync(plain)],
	["br", brotliCompressSync(plain)],
	["deflate, gzip", gzipSync(deflateSync(plain))],
])("%s is decoded", (coding, body) => {
	const headers = [["content-Encoding", coding] as const];
	expect(responseText({ headers, body })).toBe(text);
	expect(responseText({ headers, body: Buffer.of() })).toBe("");
});

test.each<[string, Buffer]>([
	["gzip", plain],
	["gzip", gzipSync(plain).subarray(0, 15)],
	["gzip", gzipSync(Buffer.alloc(1024 * 1024 + 1))],
	["zstd", plain],
])("%s that cannot be decoded is named", (coding, body) => {
	expect(responseText({ headers: [["Content-Encoding", coding]], body })).toBe(
		`[an answer encoded as ${coding} that cannot be decoded]`,
	);
});
