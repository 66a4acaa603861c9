import { graphErrors } from "./graph-error.ts";

/** One field of a `fields=` parameter. */
export interface FieldSelection {
	name: string;
	/** e.g. `comment_id` → `17894…` of `mentioned_comment.comment_id(17894…)`. */
	modifiers: ReadonlyMap<string, string>;
	/** What is asked of the field itself, in braces. */
	fields?: readonly FieldSelection[];
}

/**
 * Parses `id,media{id,permalink},mentioned_comment.comment_id(17894…){text}`.
 * @throws GraphError 2500
 */
export function parseFieldSelection(text: string): FieldSelection[] {
	const cursor = new Cursor(text);
	const selections = readList(cursor, 0);
	if (!cursor.atEnd)
		cursor.fail(`Expected end of string instead of "${cursor.next}".`);
	return selections;
}

/** The text that parses to the selection. */
export function fieldsText(selections: readonly FieldSelection[]): string {
	return selections
		.map(
			({ name, modifiers, fields }) =>
				name +
				[...modifiers].map(([key, value]) => `.${key}(${value})`).join("") +
				(fields ? `{${fieldsText(fields)}}` : ""),
		)
		.join(",");
}

/** Deeper than any node is nested. */
const maxDepth = 32;

function readList(cursor: Cursor, depth: number): FieldSelection[] {
	if (depth > maxDepth) cursor.fail("Too many levels of fields.");
	const selections = [readField(cursor, depth)];
	while (cursor.take(",")) selections.push(readField(cursor, depth));
	return selections;
}

function readField(cursor: Cursor, depth: number): FieldSelection {
	const name = cursor.name();
	const modifiers = new Map<string, string>();
	while (cursor.take(".")) {
		const modifier = cursor.name();
		cursor.expect("(");
		modifiers.set(modifier, cursor.until(")"));
		cursor.expect(")");
	}
	if (!cursor.take("{")) return { name, modifiers };
	const fields = readList(cursor, depth + 1);
	cursor.expect("}");
	return { name, modifiers, fields };
}

class Cursor {
	#at = 0;

	constructor(readonly text: string) {}

	get next(): string {
		this.#skipSpace();
		return this.text[this.#at] ?? "";
	}

	get atEnd(): boolean {
		return this.next === "";
	}

	take(symbol: string): boolean {
		if (this.next !== symbol) return false;
		this.#at++;
		return true;
	}

	expect(symbol: string): void {
		if (this.take(symbol)) return;
		this.fail(
			this.atEnd
				? `Expected "${symbol}" instead of end of string.`
				: `Expected "${symbol}" instead of "${this.next}".`,
		);
	}

	name(): string {
		this.#skipSpace();
		return this.#match(/\w+/y) ?? this.fail("Expected name.");
	}

	until(symbol: string): string {
		const end = this.text.indexOf(symbol, this.#at);
		const stop = end < 0 ? this.text.length : end;
		const taken = this.text.slice(this.#at, stop);
		this.#at = stop;
		return taken.trim();
	}

	fail(problem: string): never {
		throw graphErrors.syntax(problem, this.#at, this.text);
	}

	#skipSpace(): void {
		this.#match(/\s+/y);
	}

	#match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.#at;
		const [found] = pattern.exec(this.text) ?? [];
		this.#at += found?.length ?? 0;
		return found;
	}
}
