import {
	applyEdits,
	createScanner,
	findNodeAtLocation,
	modify,
	type Node,
	type ParseError,
	ParseErrorCode,
	parseTree,
	SyntaxKind,
} from "jsonc-parser";

/** Where and why a text is not JSON; lines and columns count from 1. */
export class JsonSyntaxError extends Error {
	override readonly name = "JsonSyntaxError";
	readonly line: number;
	readonly column: number;

	constructor(
		readonly problem: string,
		text: string,
		offset: number,
	) {
		const before = text.slice(0, offset).split("\n");
		const line = before.length;
		const column = (before.at(-1) as string).length + 1;
		super(`${problem} at line ${line}, column ${column}`);
		this.line = line;
		this.column = column;
	}
}

/**
 * Splits JSON text, which may have comments and trailing commas as Meta's pages
 * print them, into its top-level values: the elements of an array, or the one
 * value. They stay text, so that no number, key order or escape is lost.
 * @throws JsonSyntaxError
 */
export function topLevelValues(text: string): string[] {
	const root = parse(text);
	const nodes = root.type === "array" ? (root.children as Node[]) : [root];
	return nodes.map(({ offset, length }) => text.slice(offset, offset + length));
}

/** A JSON text, which may have comments and trailing commas, as a value. */
export function jsonValue(text: string): unknown {
	return nestedSafely(text, () => JSON.parse(compactJson(text)));
}

/** The same JSON without white space, its letters as they are, its numbers as written. */
export function compactJson(text: string): string {
	let compact = "";
	for (const { kind, text: token } of jsonTokens(text))
		compact += kind === "string" ? JSON.stringify(token) : token;
	return compact;
}

export interface JsonToken {
	kind: "comma" | "colon" | "string" | "number" | "other";
	/** A string's value, or what the source says. */
	text: string;
}

/** The tokens of a JSON text without its comments, white space and trailing commas. */
export function* jsonTokens(text: string): Generator<JsonToken> {
	const scanner = createScanner(text, true);
	const source = (kind: SyntaxKind) =>
		kind === SyntaxKind.StringLiteral
			? scanner.getTokenValue()
			: text.slice(scanner.getTokenOffset(), scanner.getPosition());
	let comma = false;
	for (
		let kind = scanner.scan();
		kind !== SyntaxKind.EOF;
		kind = scanner.scan()
	) {
		const closes =
			kind === SyntaxKind.CloseBraceToken ||
			kind === SyntaxKind.CloseBracketToken;
		if (comma && !closes) yield { kind: "comma", text: "," };
		comma = kind === SyntaxKind.CommaToken;
		if (!comma) yield { kind: tokenKind(kind), text: source(kind) };
	}
}

function tokenKind(kind: SyntaxKind): JsonToken["kind"] {
	if (kind === SyntaxKind.ColonToken) return "colon";
	if (kind === SyntaxKind.StringLiteral) return "string";
	if (kind === SyntaxKind.NumericLiteral) return "number";
	return "other";
}

const problems: Partial<Record<ParseErrorCode, string>> = {
	[ParseErrorCode.InvalidSymbol]: "a word that is not JSON",
	[ParseErrorCode.InvalidNumberFormat]: "a malformed number",
	[ParseErrorCode.PropertyNameExpected]: "a property name is missing",
	[ParseErrorCode.ValueExpected]: "a value is missing",
	[ParseErrorCode.ColonExpected]: "a colon is missing",
	[ParseErrorCode.CommaExpected]: "a comma is missing",
	[ParseErrorCode.CloseBraceExpected]: "a closing } is missing",
	[ParseErrorCode.CloseBracketExpected]: "a closing ] is missing",
	[ParseErrorCode.EndOfFileExpected]: "something follows the end of the JSON",
	[ParseErrorCode.UnexpectedEndOfComment]: "a comment is not closed",
	[ParseErrorCode.UnexpectedEndOfString]: "a string is not closed",
	[ParseErrorCode.UnexpectedEndOfNumber]: "a number breaks off",
	[ParseErrorCode.InvalidUnicode]: "a malformed \\u escape",
	[ParseErrorCode.InvalidEscapeCharacter]: "an unknown escape in a string",
	[ParseErrorCode.InvalidCharacter]: "a control character in a string",
};

function parse(text: string): Node {
	const errors: ParseError[] = [];
	const root = nestedSafely(text, () =>
		parseTree(text, errors, { allowTrailingComma: true }),
	);
	const [first] = errors;
	if (first)
		throw new JsonSyntaxError(
			problems[first.error] ?? "not JSON",
			text,
			first.offset,
		);
	if (!root) throw new JsonSyntaxError("nothing there", text, 0);
	return root;
}

/** The parser recurses; a text nested deeper than the stack is the sender's fault, not a crash. */
function nestedSafely<T>(text: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof RangeError)
			throw new JsonSyntaxError("nested too deeply", text, 0);
		throw error;
	}
}

/** A place in a JSON text: member names and array indexes. */
export type JsonPlace = (string | number)[];

/** Whether something stands at a place. */
export function hasPlace(text: string, place: JsonPlace): boolean {
	return findNodeAtLocation(parse(text), place) !== undefined;
}

/**
 * Puts a JSON value, as text, at a place; what is missing on the way is made,
 * everything else keeps its spelling.
 * @throws JsonSyntaxError where something on the way is neither object nor array
 */
export function withValue(
	text: string,
	place: JsonPlace,
	json: string,
): string {
	// The editor prints values with JSON.stringify, which would round long numbers.
	const mark = "\u0001the value\u0001";
	return edited(text, place, mark).replace(JSON.stringify(mark), () => json);
}

/** Takes a member or an element out. */
export function withoutValue(text: string, place: JsonPlace): string {
	return edited(text, place, undefined);
}

function edited(text: string, place: JsonPlace, value: unknown): string {
	parse(text);
	try {
		return applyEdits(text, modify(text, place, value, {}));
	} catch (error) {
		throw new JsonSyntaxError((error as Error).message, text, 0);
	}
}

/** A string or number in a JSON text. */
export interface JsonScalar {
	/** The member it belongs to; of an array, the array's. */
	key: string;
	kind: "string" | "number";
	/** A string's value, or the number as written. */
	text: string;
}

/**
 * Writes other strings and numbers in the place of some.
 * @param change gives the JSON text to stand there, or nothing to leave it
 */
export function mapScalars(
	text: string,
	change: (scalar: JsonScalar) => string | undefined,
): string {
	const edits: { offset: number; length: number; content: string }[] = [];
	const visit = (node: Node, key: string) => {
		if (node.type === "property") {
			const [name, value] = node.children ?? [];
			if (value) visit(value, String(name?.value));
			return;
		}
		for (const child of node.children ?? []) visit(child, key);
		const { type: kind, offset, length } = node;
		if (kind !== "string" && kind !== "number") return;
		const written = text.slice(offset, offset + length);
		const content = change({
			key,
			kind,
			text: kind === "string" ? String(node.value) : written,
		});
		if (content !== undefined) edits.push({ offset, length, content });
	};
	visit(parse(text), "");
	return applyEdits(text, edits);
}
