import { damagedHeaders } from "../../payloads/damage.ts";
import { forwardHeaders } from "../../receiver/forward-target.ts";
import { jsonValue } from "../../webhook/json-text.ts";
import { type WireStyle, wireStyleOf } from "../../webhook/wire-encoding.ts";
import type { Outgoing, Preparation } from "./prepare-delivery.ts";

/** The bytes and headers as they were received, signed again only on request. */
export function sendAsReceived(
	{ body, headers }: Outgoing,
	{ resign, sign }: Pick<Preparation, "resign" | "sign">,
	secret: string,
): Outgoing {
	const kept = forwardHeaders(headers, []).filter(
		([name]) => name.toLowerCase() !== "content-length",
	);
	if (kept.length > 0 && !resign && !sign) return { body, headers: kept };
	const own = damagedHeaders(body, styleOf(body), { sign, secret });
	if (kept.length === 0) return { body, headers: own };
	return {
		body,
		headers: [
			...kept.filter((header) => !isSignature(header)),
			...own.filter(isSignature),
		],
	};
}

function isSignature([name]: readonly [string, string]): boolean {
	return /^x-hub-signature/i.test(name);
}

/** The style decides on the User-Agent; bytes that are not JSON get that of changes. */
function styleOf(body: Uint8Array): WireStyle {
	try {
		return wireStyleOf(jsonValue(Buffer.from(body).toString("utf8")));
	} catch {
		return "changes";
	}
}
