import { asRecord } from "../webhook/delivery.ts";
import {
	hasPlace,
	type JsonPlace,
	JsonSyntaxError,
	jsonValue,
	withoutValue,
	withValue,
} from "../webhook/json-text.ts";

/** Why an edit cannot be made. */
export class EditError extends Error {
	override readonly name = "EditError";
}

/**
 * `path=value` on a payload's text, e.g. `entry.0.changes.0.value.text=hello`;
 * what is missing is made. A text stays a text, as ids must; anything else is
 * JSON where it reads as JSON, and a text where it does not. `path:=json` is
 * always JSON.
 * @throws EditError
 */
export function setMember(json: string, assignment: string): string {
	const parts = /^(.+?)(:?=)(.*)$/s.exec(assignment);
	if (!parts) throw new EditError("it takes path=value");
	const [, path = "", operator, typed = ""] = parts;
	const place = placeOf(path, json);
	const before = valueAt(jsonValue(json), place);
	return attempt(path, () =>
		withValue(json, place, typedJson(typed, operator === ":=", before)),
	);
}

/** Takes a member or an element away. @throws EditError where there is none */
export function unsetMember(json: string, path: string): string {
	const place = placeOf(path, json);
	if (!hasPlace(json, place)) throw new EditError("nothing stands there");
	return attempt(path, () => withoutValue(json, place));
}

function typedJson(typed: string, forced: boolean, before: unknown): string {
	const value = readJson(typed);
	if (forced && value === undefined)
		throw new EditError(`${typed} is not JSON`);
	const staysText =
		!forced && typeof before === "string" && !typed.startsWith('"');
	// A number that long is an id, and ids are texts.
	const isId = !forced && before === undefined && /^\d{16,}$/.test(typed);
	return value === undefined || staysText || isId
		? JSON.stringify(typed)
		: value;
}

/** The text of one JSON value, or nothing where it is none; a comment is text that someone typed. */
function readJson(typed: string): string | undefined {
	try {
		JSON.parse(typed);
		return typed.trim();
	} catch {
		return undefined;
	}
}

/** `entry.0.changes[0].value`; digits are an index unless an object stands there. */
function placeOf(path: string, json: string): JsonPlace {
	const names = path.replace(/\[(\d+)\]/g, ".$1").split(".");
	if (names.some((name) => name === ""))
		throw new EditError(`${path} is not a path such as entry.0.id`);
	let value = jsonValue(json);
	return names.map((name) => {
		const isObject =
			typeof value === "object" && value !== null && !Array.isArray(value);
		const step = /^\d+$/.test(name) && !isObject ? Number(name) : name;
		value = valueAt(value, [step]);
		return step;
	});
}

function valueAt(value: unknown, place: JsonPlace): unknown {
	return place.reduce<unknown>(
		(inner, step) =>
			Array.isArray(inner)
				? inner[step as number]
				: Object.hasOwn(asRecord(inner), step)
					? asRecord(inner)[step]
					: undefined,
		value,
	);
}

function attempt(path: string, edit: () => string): string {
	try {
		return edit();
	} catch (error) {
		if (error instanceof JsonSyntaxError)
			throw new EditError(`${path} ${error.problem}`);
		throw error;
	}
}
