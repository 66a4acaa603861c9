import { jsonTokens } from "../webhook/json-text.ts";

/**
 * JSON with one property per line, for people and version control, in ASCII. It is
 * formatted token by token, so that numbers and order stay as written.
 */
export function prettyJson(json: string): string {
	let out = "";
	let depth = 0;
	let opened = false;
	const line = () => `\n${"\t".repeat(depth)}`;
	for (const { kind, text } of jsonTokens(json)) {
		const closes = kind === "other" && (text === "}" || text === "]");
		if (closes) depth -= 1;
		if (closes !== opened) out += line();
		if (kind === "colon") out += ": ";
		else if (kind === "comma") out += `,${line()}`;
		else out += kind === "string" ? asciiString(text) : text;
		opened = kind === "other" && (text === "{" || text === "[");
		if (opened) depth += 1;
	}
	return out;
}

function asciiString(value: string): string {
	return JSON.stringify(value).replace(
		/[\u007f-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
