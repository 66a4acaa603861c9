import { type HeaderList, splitTarget } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";

/**
 * Where `--forward` leads: `3000`, `/path`, `localhost:3000/path` and whole URLs.
 * @throws IgwhError `usage`
 */
export function forwardUrl(typed: string): URL {
	const whole = expanded(typed);
	if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol))
		throw new IgwhError(
			"usage",
			`--forward ${typed} is not a URL`,
			"give a port, a path of port 3000, or a whole URL: --forward 3000",
		);
	return new URL(whole);
}

function expanded(typed: string): string {
	if (/^\d+$/.test(typed)) return `http://127.0.0.1:${typed}`;
	if (typed.startsWith("/")) return `http://127.0.0.1:3000${typed}`;
	return /^[\w.-]+:\d+(\/|$)/.test(typed) ? `http://${typed}` : typed;
}

/** The URL for a request: one with a path of its own takes the place of the receiver's. */
export function forwardTarget(target: string, url: URL): string {
	const { path } = splitTarget(target);
	const query = target.slice(path.length);
	return url.pathname === "/" && !url.search
		? `${url.origin}${target}`
		: `${url.origin}${url.pathname}${url.search}${url.search ? query.replace("?", "&") : query}`;
}

/**
 * A header of `--header "Name: value"`.
 * @throws IgwhError `usage`
 */
export function forwardHeader(
	typed: string,
): readonly [name: string, value: string] {
	const [, name, value] =
		/^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(typed) ?? [];
	if (name === undefined || value === undefined || !/^[\t -~]*$/.test(value))
		throw new IgwhError(
			"usage",
			`--header ${typed} is not a header`,
			'write it as on the wire: --header "X-Debug: 1"',
		);
	if (/^x-hub-signature/i.test(name))
		throw new IgwhError(
			"usage",
			`--header ${name} would replace Meta's signature`,
			"to test your check, send a forgery: igwh replay mentions --tamper signature",
		);
	return [name, value];
}

/** What belongs to one connection, not to the message (RFC 9110 §7.6.1); Host is the app's own. */
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

/** The headers of a request as they came, with the user's own in the place of their namesakes. */
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
