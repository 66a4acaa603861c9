import { asRecord } from "../webhook/delivery.ts";
import {
	hasPath,
	type JsonPath,
	JsonSyntaxError,
	jsonValue,
	withoutValue,
	withValue,
} from "../webhook/json-text.ts";

/** Why an edit cannot be applied. */
export class EditError extends Error {
	override readonly name = "EditError";
}

/**
 * Applies `path=value` to a payload's text, e.g.
 * `entry.0.changes.0.value.text=hello`; a missing path is created. A string stays
 * a string, as ids must; any other value is read as JSON, or else as a string.
 * `path:=json` is always JSON.
 * @throws EditError
 */
export function setMember(json: string, assignment: string): string {
	const parts = /^(.+?)(:?=)(.*)$/s.exec(assignment);
	if (!parts) throw new EditError("expected path=value");
	const [, path = "", operator, typed = ""] = parts;
	const steps = stepsOf(path, json);
	const before = valueAt(jsonValue(json), steps);
	return attempt(path, () =>
		withValue(json, steps, typedJson(typed, operator === ":=", before)),
	);
}

/** Removes a property or an element. @throws EditError where there is none */
export function unsetMember(json: string, path: string): string {
	const steps = stepsOf(path, json);
	if (!hasPath(json, steps)) throw new EditError("no value at that path");
	return attempt(path, () => withoutValue(json, steps));
}

function typedJson(typed: string, forced: boolean, before: unknown): string {
	const value = readJson(typed);
	if (forced && value === undefined)
		throw new EditError(`${typed} is not JSON`);
	const staysText =
		!forced && typeof before === "string" && !typed.startsWith('"');
	// A number of that length is an id, and ids are strings.
	const isId = !forced && before === undefined && /^\d{16,}$/.test(typed);
	return value === undefined || staysText || isId
		? JSON.stringify(typed)
		: value;
}

/** The text of one JSON value, or nothing where it is none; comments are not JSON here. */
function readJson(typed: string): string | undefined {
	try {
		JSON.parse(typed);
		return typed.trim();
	} catch {
		return undefined;
	}
}

/** `entry.0.changes[0].value`; digits are an index, except in an object. */
function stepsOf(path: string, json: string): JsonPath {
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

function valueAt(value: unknown, steps: JsonPath): unknown {
	return steps.reduce<unknown>(
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
