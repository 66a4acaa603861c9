import { jsonTokens } from "./json-text.ts";
import { phpNumber, pythonNumber } from "./wire-numbers.ts";

/**
 * Meta's two serialisers. `changes` deliveries (and every dashboard Test) equal
 * Python's default `json.dumps`; `messaging` and `standby` ones equal PHP's
 * default `json_encode`.
 */
export type WireStyle = "changes" | "messaging";

/**
 * The bytes Meta sends for a payload. Keys keep their order and numbers their
 * value, because the text is re-styled token by token, never parsed and printed.
 * @param json one JSON value; comments and trailing commas are left out
 */
export function wireBytes(json: string, style: WireStyle): Uint8Array {
	return Buffer.from(wireText(json, style), "ascii");
}

/** The same as text, all of it ASCII. */
export function wireText(json: string, style: WireStyle): string {
	const { comma, colon, string, number } = dialects[style];
	let wire = "";
	for (const { kind, text } of jsonTokens(json)) {
		if (kind === "comma") wire += comma;
		else if (kind === "colon") wire += colon;
		else if (kind === "string") wire += string(text);
		else if (kind === "number") wire += number(text);
		else wire += text;
	}
	return wire;
}

/** Which of the two serialisers Meta would use for a payload. */
export function wireStyleOf(payload: unknown): WireStyle {
	const entries = (payload as { entry?: unknown } | null)?.entry;
	const chats = (entry: unknown) =>
		typeof entry === "object" &&
		entry !== null &&
		("messaging" in entry || "standby" in entry);
	return Array.isArray(entries) && entries.some(chats)
		? "messaging"
		: "changes";
}

const dialects = {
	changes: {
		comma: ", ",
		colon: ": ",
		// Python escapes DEL too: its pattern keeps only space to tilde.
		string: (value: string) => escaped(value, /[\u007f-\uffff]/g),
		number: pythonNumber,
	},
	messaging: {
		comma: ",",
		colon: ":",
		string: (value: string) =>
			escaped(value, /[\u0080-\uffff]/g).replaceAll("/", "\\/"),
		number: phpNumber,
	},
} as const;

function escaped(value: string, beyondAscii: RegExp): string {
	return JSON.stringify(value).replace(
		beyondAscii,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
