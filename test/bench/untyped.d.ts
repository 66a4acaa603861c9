/** What the bench takes from packages without types. */
declare module "autocannon" {
	export default function autocannon(options: {
		url: string;
		connections: number;
		duration?: number;
		amount?: number;
		setupClient(client: { setRequests(requests: object[]): void }): void;
	}): Promise<{
		non2xx: number;
		errors: number;
		requests: { average: number; total: number };
		latency: { p99: number };
	}>;
}

declare module "express" {
	import type { RequestListener } from "node:http";

	interface Response {
		sendStatus(status: number): void;
	}
	type Parser = object;
	interface App {
		(...parameters: Parameters<RequestListener>): void;
		post(
			path: string,
			parser: Parser,
			handler: (request: unknown, response: Response) => void,
		): void;
	}
	function express(): App;
	namespace express {
		function json(options: {
			verify(
				request: { headers: Record<string, unknown> },
				response: unknown,
				body: Buffer,
			): void;
		}): Parser;
	}
	export default express;
}
