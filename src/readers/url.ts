import { webhookPath } from "../webhook/webhook-path.ts";
import { type Reader, Unreadable } from "./reader.ts";

/** A full http or https URL, unchanged. */
export const httpUrl: Reader<string> = {
	example: "https://name.example/webhook",
	read: (text) => {
		parsed(text, "a full URL");
		return text;
	},
};

/** The address of an API: no slash at the end. */
export const baseUrl: Reader<string> = {
	example: "https://graph.facebook.com",
	read: (text) => {
		const url = parsed(text, "a full URL");
		if (url.search || url.hash)
			throw new Unreadable("has a query or a fragment", {
				give: "the address only",
			});
		return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
	},
};

/** A server, without path. */
export const serverUrl: Reader<string> = {
	example: "https://localtunnel.me",
	read: (text) => parsed(text, "the address of a server").origin,
};

/** A public address of the receiver, with or without the receiver's path. */
export const publicUrl: Reader<string> = {
	example: "https://name.example",
	read: (text) => {
		const url = URL.canParse(text) ? new URL(text) : undefined;
		if (url?.protocol !== "https:")
			throw new Unreadable("is not an https URL", {
				give: "the public address; Meta only calls https",
			});
		refuseCredentials(url);
		return `${url.origin}${url.pathname.replace(/\/+$/, "")}`.replace(
			new RegExp(`${webhookPath}$`),
			"",
		);
	},
};

/**
 * The user's app: `3000`, `/path` on port 3000, `localhost:3000/path`, or a full
 * URL. A user and password in it are sent to the app, and never shown.
 */
export const forwardUrl: Reader<URL> = {
	example: "3000",
	read: (text) =>
		httpUrlOf(expanded(text), "a port, a path on port 3000, or a full URL"),
};

/** A receiver: a full URL, or the port of one on this machine. */
export const receiverUrl: Reader<string> = {
	example: "http://127.0.0.1:3000/webhook",
	read: (text) => {
		const url = /^\d+$/.test(text)
			? `http://127.0.0.1:${text}${webhookPath}`
			: text;
		parsed(url, "a full URL, or the port of a receiver on this machine");
		return url;
	},
};

function expanded(text: string): string {
	if (/^\d+$/.test(text)) return `http://127.0.0.1:${text}`;
	if (text.startsWith("/")) return `http://127.0.0.1:3000${text}`;
	return /^[\w.-]+:\d+(\/|$)/.test(text) ? `http://${text}` : text;
}

function parsed(text: string, give: string): URL {
	const url = httpUrlOf(text, give);
	refuseCredentials(url);
	return url;
}

function httpUrlOf(text: string, give: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol))
		throw new Unreadable("is not a URL", { give });
	return url;
}

/** A user and password would be shown wherever the URL is shown. */
function refuseCredentials({ username, password }: URL): void {
	if (username || password)
		throw new Unreadable(
			"contains a user name or password",
			{ give: "the URL without them" },
			"the URL",
		);
}
