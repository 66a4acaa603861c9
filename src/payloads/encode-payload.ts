import { compactJson } from "../webhook/json-text.ts";
import { type WireStyle, wireBytes } from "../webhook/wire-encoding.ts";
import type { Encoding } from "./variants.ts";

/** The bytes of a payload as they are sent. */
export function encodePayload(
	json: string,
	style: WireStyle,
	encoding: Encoding = "meta",
): Uint8Array {
	if (encoding === "raw") return Buffer.from(json);
	if (encoding === "compact") return Buffer.from(compactJson(json));
	return wireBytes(json, style);
}
