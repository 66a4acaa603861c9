import { type JsonToken, jsonTokens } from "../webhook/json-text.ts";
import { isKeptName, isKeptNumber, isKeptText } from "./kept-when-redacted.ts";

/**
 * A payload without the people in it: ids, names, texts and addresses are
 * replaced, and all else that igwh does not know to say nothing about anyone.
 * Its order and form stay, and `replay` sends it as before.
 * @param delivery the number of the delivery that it belongs to
 */
export type Redact = (json: string, delivery: number) => string;

/**
 * Redacts the payloads of a run: the same is always replaced by the same, so
 * that what belonged together still does. What is new in a delivery is numbered
 * under that delivery, so that the payloads of two runs share nothing.
 */
export function createRedaction(): Redact {
	const standIns = new Map<string, string>();
	return (json, delivery) => {
		const make = standInsOf(delivery);
		const standIn = (text: string, name: string) => {
			const known = standIns.get(text);
			if (known !== undefined) return known;
			const made = make(text, name);
			standIns.set(text, made);
			return made;
		};
		let out = "";
		for (const { kind, text, name, isName } of withNames(jsonTokens(json)))
			if (kind === "string" && isName)
				out += JSON.stringify(
					isKeptName(text) ? text : standIn(text, "member"),
				);
			else if (kind === "string")
				out += JSON.stringify(
					isKeptText(name, text) ? text : standIn(text, name),
				);
			else if (kind === "number")
				out += isKeptNumber(name, text) ? text : standIn(digitsOf(text), name);
			else out += text;
		return out;
	};
}

interface PlacedToken extends JsonToken {
	/** The member it is the value of; an array's elements have the array's. Empty where it is not kept. */
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

/** Roles stand below the id of the app that has them. */
function nameIn(parent: string | undefined, name: string): string {
	if (isKeptName(name)) return name;
	return parent === "app_roles" ? parent : "";
}

/** A number is replaced by a whole one. */
function digitsOf(number: string): string {
	return /^\d+$/.test(number)
		? number
		: number.replace(/\D/g, "").padStart(1, "0");
}

/** So many digits number what is new in a delivery: its 4 MB hold fewer. */
const digitsWithin = 6;

/** Makes what stands for a text, by its form and the member it is the value of. */
function standInsOf(delivery: number) {
	const counts = new Map<string, number>();
	const count = (kind: string) => {
		const next = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, next);
		return next;
	};
	const label = (kind: string) =>
		delivery === 0 ? `${count(kind)}` : `${delivery}.${count(kind)}`;
	/** As many digits as before, so that a length check still holds. */
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
