import type { Gate } from "./delivery/gates.ts";

/** What the sandbox tells of itself. Never a token: paths and URLs come without their query. */
export type SandboxLog =
	| { type: "request"; method: string; path: string; status: number }
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
	| { type: "gate"; field: string; accountId: string; gates: Gate[] };

/** A callback URL without what may be secret in it: user, password and query. */
export function shownUrl(url: string): string {
	const { origin, pathname, search } = new URL(url);
	return `${origin}${pathname}${search ? "?…" : ""}`;
}
