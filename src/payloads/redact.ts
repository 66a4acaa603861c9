import { type JsonToken, jsonTokens } from "../webhook/json-text.ts";
import { isKeptName, isKeptNumber, isKeptText } from "./kept-when-redacted.ts";
import { createReplacements } from "./replacements.ts";

/**
 * Removes personal data from a payload: ids, names, texts and URLs are replaced,
 * and everything else that is not known to identify nobody. Order and form stay,
 * so that `replay` sends it like the original.
 * @param delivery the number of its delivery
 */
export type Redact = (json: string, delivery: number) => string;

/** Characters of the replacements that a run remembers: over 100 000 of them. */
const maxRemembered = 10_000_000;

/**
 * Redacts the payloads of a run: equal values get the same replacement, so that
 * related payloads stay related. Replacements contain the number of the delivery
 * in which the value occurred first, so that those of two runs differ.
 * @param remembered how many characters of replacements are remembered: beyond
 * that the oldest are forgotten first, and their values get new ones
 */
export function createRedaction(remembered = maxRemembered): Redact {
	const replacements = createReplacements(remembered);
	return (json, delivery) => {
		const make = createReplacementMaker(delivery);
		const replace = (text: string, name: string) =>
			replacements.of(text, () => make(text, name));
		let out = "";
		for (const { kind, text, name, isName } of withNames(jsonTokens(json)))
			if (kind === "string" && isName)
				out += JSON.stringify(
					isKeptName(text) ? text : replace(text, "member"),
				);
			else if (kind === "string")
				out += JSON.stringify(
					isKeptText(name, text) ? text : replace(text, name),
				);
			else if (kind === "number")
				out += isKeptNumber(name, text) ? text : replace(digitsOf(text), name);
			else out += text;
		return out;
	};
}

interface PlacedToken extends JsonToken {
	/** The property it is the value of; for elements, that of their array. Empty where the name is not kept. */
	name: string;
	isName: boolean;
}

function* withNames(tokens: Iterable<JsonToken>): Generator<PlacedToken> {
	const names: string[] = [""];
	let last: JsonToken | undefined;
	const placed = (token: JsonToken, isName = false) => ({
		...token,
		name: names.at(-1) ?? "",
		isName,
	});
	for (const token of tokens) {
		if (last) {
			const isName = last.kind === "string" && token.kind === "colon";
			yield placed(last, isName);
			if (isName) names[names.length - 1] = nameIn(names.at(-2), last.text);
			else if (last.text === "{" || last.text === "[") {
				if (last.kind === "other") names.push(names.at(-1) ?? "");
			} else if (last.kind === "other" && /^[}\]]$/.test(last.text))
				names.pop();
		}
		last = token;
	}
	if (last) yield placed(last);
}

/** In `app_roles` the names are app ids; their values are roles. */
function nameIn(parent: string | undefined, name: string): string {
	if (isKeptName(name)) return name;
	return parent === "app_roles" ? parent : "";
}

/** The digits of a number, which is replaced by an integer. */
function digitsOf(number: string): string {
	return /^\d+$/.test(number)
		? number
		: number.replace(/\D/g, "").padStart(1, "0");
}

/** The digits that count the new values of a delivery: a body of 4 MB holds fewer. */
const digitsWithin = 6;

/** Makes replacements for strings, by their form and property. */
function createReplacementMaker(delivery: number) {
	const counts = new Map<string, number>();
	const count = (kind: string) => {
		const next = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, next);
		return next;
	};
	const label = (kind: string) =>
		delivery === 0 ? `${count(kind)}` : `${delivery}.${count(kind)}`;
	/** With as many digits as before, so that checks of the length still pass. */
	const id = (length: number) => {
		const within = String(count("id")).padStart(digitsWithin, "0");
		const digits = `${delivery}${within}`.replace(/^0+/, "");
		return `1${digits.padStart(length - 1, "0")}`;
	};
	return (text: string, name: string): string => {
		if (/^\d+$/.test(text)) return id(text.length);
		if (name === "username") return `user_${label("user")}`;
		if (/^https?:/.test(text)) return `https://example.com/${label("url")}`;
		const kind = name || "text";
		return `${kind} ${label(kind)}`;
	};
}
