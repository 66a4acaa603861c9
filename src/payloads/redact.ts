import { type JsonToken, jsonTokens } from "../webhook/json-text.ts";

/** What says nothing about anyone and decides what a payload is. */
const plainKeys = new Set([
	"action",
	"attachment_type",
	"field",
	"media_product_type",
	"media_type",
	"object",
	"reaction",
	"type",
]);

/** Members whose values are times: digits, but no ids. */
const timeKeys = new Set(["time", "timestamp", "created_time"]);

/**
 * A payload without the people in it: ids, names, texts and addresses are
 * replaced, each always by the same, so that what belonged together still
 * does. Its order, numbers and form stay, and `replay` sends it as before.
 */
export function redactJson(json: string): string {
	const stand = standIns();
	let out = "";
	for (const { kind, text, key, isKey } of withKeys(jsonTokens(json))) {
		if (kind === "string")
			out += JSON.stringify(isKey ? text : stand.text(key, text));
		else if (kind === "number") out += stand.number(key, text);
		else out += text;
	}
	return out;
}

interface PlacedToken extends JsonToken {
	/** The member it is the value of; an array's elements have the array's. */
	key: string;
	isKey: boolean;
}

function* withKeys(tokens: Iterable<JsonToken>): Generator<PlacedToken> {
	const keys: string[] = [""];
	let last: JsonToken | undefined;
	const placed = (token: JsonToken, isKey = false) => ({
		...token,
		key: keys.at(-1) ?? "",
		isKey,
	});
	for (const token of tokens) {
		if (last) {
			const isKey = last.kind === "string" && token.kind === "colon";
			yield placed(last, isKey);
			if (isKey) keys[keys.length - 1] = last.text;
			else if (last.text === "{" || last.text === "[") {
				if (last.kind === "other") keys.push(keys.at(-1) ?? "");
			} else if (last.kind === "other" && /^[}\]]$/.test(last.text)) keys.pop();
		}
		last = token;
	}
	if (last) yield placed(last);
}

function standIns() {
	const chosen = new Map<string, string>();
	const counts = new Map<string, number>();
	const stand = (kind: string, value: string, make: (n: number) => string) => {
		const known = chosen.get(`${kind} ${value}`);
		if (known !== undefined) return known;
		const count = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, count);
		chosen.set(`${kind} ${value}`, make(count));
		return make(count);
	};
	/** As many digits as before, so that a length check still holds. */
	const id = (digits: string) =>
		stand(
			"id",
			digits,
			(n) => `1${String(n).padStart(digits.length - 1, "0")}`,
		);
	return {
		text: (key: string, value: string): string => {
			if (plainKeys.has(key) || timeKeys.has(key) || value === "") return value;
			if (/^\d+$/.test(value)) return value.length > 3 ? id(value) : value;
			if (key === "username") return stand("user", value, (n) => `user_${n}`);
			if (/^https?:/.test(value))
				return stand("url", value, (n) => `https://example.com/${n}`);
			return stand(key, value, (n) => `${key || "text"} ${n}`);
		},
		number: (key: string, digits: string): string =>
			/(^|_)id$/.test(key) && /^\d{4,}$/.test(digits) ? id(digits) : digits,
	};
}
