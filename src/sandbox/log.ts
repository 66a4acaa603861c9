import type { Gate } from "./delivery/gate.ts";

/** What the sandbox tells of itself. Never a token: paths and URLs come without their query. */
export type SandboxLog =
	| {
			type: "request";
			method: string;
			path: string;
			status: number;
			/** Secrets are replaced by `…`. */
			parameters: Record<string, string>;
			/** Whose token it carried: `app`, `user`, `page 175…`, `account 178…`, `nobody`, `a bad token`. */
			as: string;
			/** The permissions that come with the token. */
			granted: string[];
			/** Why it was refused. */
			error?: { code: number; subcode?: number; message: string };
	  }
	| { type: "handshake"; url: string; ok: boolean; reason?: string }
	| {
			type: "attempt";
			field: string;
			accountId: string;
			url: string;
			/** Counts from 1. */
			attempt: number;
			status?: number;
			error?: string;
	  }
	/** An hour of failures: the app was unsubscribed from the account's page. */
	| { type: "disabled"; accountId: string }
	| { type: "gate"; field: string; accountId: string; gates: Gate[] };

/** A call of the Graph API, whose token it carried, and how it was answered. */
export type LoggedCall = Extract<SandboxLog, { type: "request" }>;

/** A callback URL without what may be secret in it: user, password and query. */
export function shownUrl(url: string): string {
	const { origin, pathname, search } = new URL(url);
	return `${origin}${pathname}${search ? "?…" : ""}`;
}
