import type { Secret } from "../config/secret.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

/** What Meta knows about a token of Facebook Login (webhook/README: Tokens). */
export interface TokenInfo {
	valid: boolean;
	/** `USER`, `PAGE`, `APP` or `SYSTEM_USER`; empty where the token cannot be read. */
	type: string;
	/** The app it was issued to. */
	appId: string;
	/** The page a page token belongs to. */
	pageId?: string;
	/** The granted permissions. */
	scopes: string[];
	/** Milliseconds since 1970; left out where it never expires. */
	expiresAt?: number;
	/** When access to the person's data ends, 90 days after their last login. */
	dataAccessExpiresAt?: number;
	/** Why it is not valid. */
	problem?: { code: number; subcode: number; message: string };
}

/** Inspects a token, with the app's own; a bad token is an answer, not an error. */
export function debugToken(token: Secret): GraphCall<TokenInfo> {
	return {
		method: "GET",
		path: "/debug_token",
		parameters: { input_token: token.reveal() },
		token: "app",
		feature: "debug-token",
		read: ({ data }) => readInfo(asRecord(data)),
	};
}

function readInfo(data: Record<string, unknown>): TokenInfo {
	const pageId = asString(data.profile_id);
	const error = asRecord(data.error);
	return {
		valid: data.is_valid === true,
		type: asString(data.type),
		appId: asString(data.app_id),
		...(pageId && { pageId }),
		scopes: asArray(data.scopes).map(asString),
		...time("expiresAt", data.expires_at),
		...time("dataAccessExpiresAt", data.data_access_expires_at),
		...(data.error !== undefined && {
			problem: {
				code: Number(error.code) || 0,
				subcode: Number(error.subcode) || 0,
				message: asString(error.message),
			},
		}),
	};
}

/** Meta writes 0 for never. */
function time<N extends string>(
	name: N,
	seconds: unknown,
): Partial<Record<N, number>> {
	const at = Number(seconds) * 1000;
	return at > 0 ? ({ [name]: at } as Record<N, number>) : {};
}
