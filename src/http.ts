/**
 * HTTP as values. A server is a function from request to response; sockets
 * exist only in `src/system/`. Header names keep their case and order, bodies
 * stay bytes: a webhook's signature covers exactly what was received.
 */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
	method: string;
	/** Path and query exactly as sent, e.g. `/webhook?hub.mode=subscribe`. */
	target: string;
	headers: HeaderList;
	body: Uint8Array;
}

export interface HttpResponse {
	status: number;
	headers: HeaderList;
	body: Uint8Array;
}

/** A response whose body may still be in the making, such as server-sent events. */
export interface ServedResponse extends Omit<HttpResponse, "body"> {
	/** The `return` of a stream's iterator is called once the client is gone. */
	body: Uint8Array | AsyncIterable<Uint8Array>;
}

export type Handler<Response extends ServedResponse = HttpResponse> = (
	request: HttpRequest,
) => Promise<Response>;

/**
 * A body from an async generator, which alone could not be ended while it
 * waits: the signal aborts once the client is gone.
 */
export function streamBody(
	generate: (gone: AbortSignal) => AsyncGenerator<Uint8Array>,
): AsyncIterable<Uint8Array> {
	return {
		[Symbol.asyncIterator]() {
			const gone = new AbortController();
			const chunks = generate(gone.signal);
			return {
				next: () => chunks.next(),
				return: () => {
					gone.abort();
					return chunks.return(undefined);
				},
			};
		},
	};
}

/** Every value of a header, in order; names compare without case. */
export function headerValues(headers: HeaderList, name: string): string[] {
	const wanted = name.toLowerCase();
	const values: string[] = [];
	for (const [key, value] of headers)
		if (key.length === wanted.length && key.toLowerCase() === wanted)
			values.push(value);
	return values;
}

/** Splits a request target into its path and its query. */
export function splitTarget(target: string): {
	path: string;
	query: URLSearchParams;
} {
	const mark = target.indexOf("?");
	return mark < 0
		? { path: target, query: new URLSearchParams() }
		: {
				path: target.slice(0, mark),
				query: new URLSearchParams(target.slice(mark + 1)),
			};
}

export function textResponse(
	status: number,
	text: string,
	headers: HeaderList = [],
): HttpResponse {
	return {
		status,
		headers: [["Content-Type", "text/plain; charset=utf-8"], ...headers],
		body: Buffer.from(text),
	};
}

export function bodyText(message: { body: Uint8Array }): string {
	return Buffer.from(message.body).toString("utf8");
}
