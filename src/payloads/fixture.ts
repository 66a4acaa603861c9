import { asRecord } from "../webhook/delivery.ts";
import {
	JsonSyntaxError,
	jsonValue,
	topLevelValues,
} from "../webhook/json-text.ts";

/** A payload: its JSON as written, and the same as a value. */
export interface Payload {
	json: string;
	value: Record<string, unknown>;
}

/** Why a text is not a payload; the message says where. */
export class FixtureError extends Error {
	override readonly name = "FixtureError";
}

/**
 * Reads the payloads of a fixture: a single one, the array form of Meta's pages,
 * JSON with comments, or one payload per line.
 * @throws FixtureError
 */
export function readFixture(text: string): Payload[] {
	const clean = text.replace(/^\uFEFF/, "");
	const values = jsonValues(clean);
	if (values.length === 0) throw new FixtureError("it holds an empty array");
	return values.map((json, index) => readPayload(json, index, values.length));
}

function jsonValues(text: string): string[] {
	try {
		return wholeOrPerLine(text);
	} catch (error) {
		throw error instanceof JsonSyntaxError
			? new FixtureError(`it is not JSON: ${error.message}`)
			: error;
	}
}

function wholeOrPerLine(text: string): string[] {
	const lines = text.split("\n");
	const firstLine = lines.find((line) => line.trim()) ?? "";
	const whole = tryValues(text);
	// If not even the first line is JSON, the text is not one payload per line.
	if (whole || !tryValues(firstLine)) return whole ?? topLevelValues(text);
	return lines.flatMap((line, index) => {
		if (!line.trim()) return [];
		// With the newlines before it, the error names the line of the file.
		return tryValues(line) ?? topLevelValues("\n".repeat(index) + line);
	});
}

function tryValues(text: string): string[] | undefined {
	try {
		return topLevelValues(text);
	} catch {
		return undefined;
	}
}

function readPayload(json: string, index: number, count: number): Payload {
	const where = count > 1 ? `payload ${index + 1} of ${count} ` : "it ";
	const value = jsonValue(json);
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new FixtureError(`${where}is not a JSON object`);
	if (!Array.isArray(asRecord(value).entry))
		throw new FixtureError(
			`${where}has no entry list, so it is not a webhook payload`,
		);
	return { json, value: asRecord(value) };
}
