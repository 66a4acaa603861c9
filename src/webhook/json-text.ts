import {
	createScanner,
	type Node,
	type ParseError,
	ParseErrorCode,
	parseTree,
	SyntaxKind,
} from "jsonc-parser";

/** Where and why a text is not JSON; lines and columns are counted from 1. */
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
 * Splits JSON text, which may have comments and trailing commas as on Meta's
 * pages, into its top-level values: the elements of an array, or the one value.
 * They stay text, so that no number, key order or escape is lost.
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

/** The same JSON without white space; strings stay unescaped, numbers as written. */
export function compactJson(text: string): string {
	let compact = "";
	for (const { kind, text: token } of jsonTokens(text))
		compact += kind === "string" ? JSON.stringify(token) : token;
	return compact;
}

export interface JsonToken {
	kind: "comma" | "colon" | "string" | "number" | "other";
	/** A string's value, or the token as written. */
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
	[ParseErrorCode.EndOfFileExpected]: "text follows the end of the JSON",
	[ParseErrorCode.UnexpectedEndOfComment]: "a comment is not closed",
	[ParseErrorCode.UnexpectedEndOfString]: "a string is not closed",
	[ParseErrorCode.UnexpectedEndOfNumber]: "a number is incomplete",
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
	if (!root) throw new JsonSyntaxError("no value at all", text, 0);
	return root;
}

/** The parser recurses: a text nested deeper than the stack is a fault of the text, not a crash. */
function nestedSafely<T>(text: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof RangeError)
			throw new JsonSyntaxError("nested too deeply", text, 0);
		throw error;
	}
}

/** A path in a JSON text: property names and array indexes. */
export type JsonPath = (string | number)[];

/** Whether there is a value at a path. */
export function hasPath(text: string, path: JsonPath): boolean {
	return nodeAt(parse(text), path) !== undefined;
}

/** The text of the value at a path, as written; of properties with the same name the last, which parsers keep. */
export function textAt(text: string, path: JsonPath): string | undefined {
	const node = nodeAt(parse(text), path);
	return node && sourceOf(node, text);
}

/** The properties of a JSON object or the elements of an array, their values as written; none of anything else. */
export function childrenOf(text: string): [name: string, json: string][] {
	const root = parse(text);
	return (root.children ?? []).map((child, index) => {
		const [name, value] = child.type === "property" ? nameAndValue(child) : [];
		return value
			? [String(name?.value), sourceOf(value, text)]
			: [String(index), sourceOf(child, text)];
	});
}

/**
 * Sets the value at a path to a JSON text. Objects and arrays missing on the path
 * are created; everything else stays as written.
 * @throws JsonSyntaxError where a value on the path is neither object nor array,
 * or an index is beyond the end of its array
 */
export function withValue(text: string, path: JsonPath, json: string): string {
	const root = parse(text);
	const node = nodeAt(root, path);
	if (node) return replaced(text, node.offset, node.length, json);
	let depth = path.length - 1;
	while (!nodeAt(root, path.slice(0, depth))) depth--;
	const parent = nodeAt(root, path.slice(0, depth)) as Node;
	return inserted(text, parent, path.slice(depth), json);
}

/** Removes a property, each time its name occurs there, or an element. */
export function withoutValue(text: string, path: JsonPath): string {
	const node = nodeAt(parse(text), path);
	if (!node) return text;
	const edited = removed(text, node);
	// After an element is removed, its index is the next one's; a property may occur again.
	return node.parent?.type === "array" ? edited : withoutValue(edited, path);
}

/** Of properties with the same name parsers keep the last. */
function nodeAt(root: Node, path: JsonPath): Node | undefined {
	return path.reduce<Node | undefined>((node, step) => {
		if (node?.type === "array")
			return typeof step === "number" ? node.children?.[step] : undefined;
		if (node?.type !== "object") return undefined;
		const named = node.children?.findLast(
			(member) => nameAndValue(member)[0]?.value === String(step),
		);
		return named && nameAndValue(named)[1];
	}, root);
}

function nameAndValue({ children: [name, value] = [] }: Node) {
	return [name, value] as const;
}

function sourceOf({ offset, length }: Node, text: string): string {
	return text.slice(offset, offset + length);
}

function inserted(
	text: string,
	parent: Node,
	[step, ...rest]: JsonPath,
	json: string,
): string {
	const last = parent.children?.at(-1);
	const offset = last ? last.offset + last.length : parent.offset + 1;
	const element = wrapped(rest, json, text);
	const added = memberOrElement(parent, step as string | number, element, text);
	return replaced(text, offset, 0, last ? `,${added}` : added);
}

function memberOrElement(
	{ type, children = [] }: Node,
	step: string | number,
	json: string,
	text: string,
): string {
	if (type === "object") return `${JSON.stringify(String(step))}:${json}`;
	if (type !== "array" || typeof step !== "number")
		throw new JsonSyntaxError(
			"leads through a value that is neither object nor array",
			text,
			0,
		);
	if (step === children.length) return json;
	throw beyondEnd(children.length, text);
}

/** A value in the missing objects and arrays around it. */
function wrapped(missing: JsonPath, json: string, text: string): string {
	return missing.reduceRight<string>((inner, step) => {
		if (typeof step === "string") return `{${JSON.stringify(step)}:${inner}}`;
		if (step === 0) return `[${inner}]`;
		throw beyondEnd(0, text);
	}, json);
}

function beyondEnd(length: number, text: string): JsonSyntaxError {
	return new JsonSyntaxError(
		`is beyond the end of its array: the next index is ${length}`,
		text,
		0,
	);
}

/** With the comma between it and its neighbour. */
function removed(text: string, value: Node): string {
	const node = value.parent?.type === "property" ? value.parent : value;
	const siblings = node.parent?.children ?? [];
	const index = siblings.indexOf(node);
	const before = siblings[index - 1];
	const after = siblings[index + 1];
	const end = (one: Node) => one.offset + one.length;
	if (before) return replaced(text, end(before), end(node) - end(before), "");
	if (after) return replaced(text, node.offset, after.offset - node.offset, "");
	// A trailing comma is removed too.
	const { offset, length } = node.parent as Node;
	return replaced(text, offset + 1, length - 2, "");
}

function replaced(
	text: string,
	offset: number,
	length: number,
	content: string,
): string {
	return text.slice(0, offset) + content + text.slice(offset + length);
}

/** A string or number in a JSON text. */
export interface JsonScalar {
	/** The property it is the value of; for elements, that of their array. */
	key: string;
	kind: "string" | "number";
	/** A string's value, or the number as written. */
	text: string;
}

/** The JSON text to write instead of a scalar, or nothing to leave it. */
export type ScalarChange = (scalar: JsonScalar) => string | undefined;

/** A JSON text, parsed once, of which copies with other strings and numbers are made. */
export interface ScalarTemplate {
	text: string;
	scalars: readonly JsonScalar[];
	fill(change: ScalarChange): string;
}

interface PlacedScalar extends JsonScalar {
	offset: number;
	length: number;
}

/** Finds the strings and numbers of a JSON text, in order. @throws JsonSyntaxError */
export function readScalars(text: string): ScalarTemplate {
	const scalars: PlacedScalar[] = [];
	const visit = (node: Node, key: string) => {
		if (node.type === "property") {
			const [name, value] = nameAndValue(node);
			if (value) visit(value, String(name?.value));
			return;
		}
		for (const child of node.children ?? []) visit(child, key);
		const { type: kind, offset, length } = node;
		if (kind !== "string" && kind !== "number") return;
		const scalar =
			kind === "string" ? String(node.value) : sourceOf(node, text);
		scalars.push({ key, kind, text: scalar, offset, length });
	};
	visit(parse(text), "");
	return { text, scalars, fill: (change) => filled(text, scalars, change) };
}

function filled(
	text: string,
	scalars: readonly PlacedScalar[],
	change: ScalarChange,
): string {
	let copy = "";
	let done = 0;
	for (const scalar of scalars) {
		const content = change(scalar);
		if (content === undefined) continue;
		copy += text.slice(done, scalar.offset) + content;
		done = scalar.offset + scalar.length;
	}
	return copy + text.slice(done);
}
