import type { HeaderList } from "../http.ts";

/** A body as received: never text, since a signature covers bytes. */
export type BodyBytes = Uint8Array | ArrayBuffer;

/**
 * Headers as the web's `Request` and Node's `IncomingMessage` have them, or as
 * pairs, which keep repeated names apart.
 */
export type RequestHeaders =
	| Iterable<readonly [string, string]>
	| Readonly<Record<string, string | readonly string[] | undefined>>;

/** An address, or anything that has one, such as the web's `Request` and Node's `IncomingMessage`. */
export type RequestAddress =
	| string
	| URL
	| URLSearchParams
	| { readonly url?: string | undefined };

export function bytesOf(body: BodyBytes): Uint8Array<ArrayBuffer> {
	if (typeof body === "string")
		throw new TypeError(
			"the body is text; a signature covers the bytes received, before anything decodes them",
		);
	return body instanceof ArrayBuffer
		? new Uint8Array(body)
		: (body as Uint8Array<ArrayBuffer>);
}

export function headerList(headers: RequestHeaders): HeaderList {
	if (Symbol.iterator in headers)
		return [...(headers as Iterable<readonly [string, string]>)];
	return Object.entries(headers).flatMap(([name, given]) =>
		[given ?? []].flat().map((value) => [name, value] as const),
	);
}

export function queryOf(address: RequestAddress): URLSearchParams {
	if (address instanceof URLSearchParams) return address;
	if (address instanceof URL) return address.searchParams;
	const text = typeof address === "string" ? address : (address.url ?? "");
	return new URLSearchParams(text.slice(text.indexOf("?") + 1));
}
