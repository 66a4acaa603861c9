import { type HeaderList, splitTarget } from "../http.ts";

/** The URL for a request: a target with a path of its own replaces the path of the request. */
export function forwardTarget(target: string, url: URL): string {
	const { path } = splitTarget(target);
	const query = target.slice(path.length);
	return url.pathname === "/" && !url.search
		? `${url.origin}${target}`
		: `${url.origin}${url.pathname}${url.search}${url.search ? query.replace("?", "&") : query}`;
}

/** Headers of one connection, not of the message (RFC 9110 §7.6.1); Host is the app's own. */
const perConnection = new Set([
	"connection",
	"expect",
	"host",
	"keep-alive",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
]);

/** The headers of a request as received; the user's own replace those of the same name. */
export function forwardHeaders(
	headers: HeaderList,
	added: HeaderList,
): HeaderList {
	const replaced = new Set(added.map(([name]) => name.toLowerCase()));
	return [
		...headers.filter(([name]) => {
			const key = name.toLowerCase();
			return !perConnection.has(key) && !replaced.has(key);
		}),
		...added,
	];
}
