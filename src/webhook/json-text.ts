import {
	createScanner,
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
	return nodeAt(parse(text), place) !== undefined;
}

/** The text of the value at a place, as written; of members with one name the last, as parsers read it. */
export function textAt(text: string, place: JsonPlace): string | undefined {
	const node = nodeAt(parse(text), place);
	return node && sourceOf(node, text);
}

/** The members of a JSON object or the elements of an array, their values as written; nothing of anything else. */
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
 * Puts a JSON value, as text, at a place; what is missing on the way is made,
 * everything else keeps its spelling.
 * @throws JsonSyntaxError where something on the way is neither object nor array,
 * or an element would stand beyond the end of its array
 */
export function withValue(
	text: string,
	place: JsonPlace,
	json: string,
): string {
	const root = parse(text);
	const node = nodeAt(root, place);
	if (node) return replaced(text, node.offset, node.length, json);
	let depth = place.length - 1;
	while (!nodeAt(root, place.slice(0, depth))) depth--;
	const parent = nodeAt(root, place.slice(0, depth)) as Node;
	return inserted(text, parent, place.slice(depth), json);
}

/** Takes a member out, each time its name stands there, or an element. */
export function withoutValue(text: string, place: JsonPlace): string {
	const node = nodeAt(parse(text), place);
	if (!node) return text;
	const edited = removed(text, node);
	// Another element takes the place of one; of a member there may be more.
	return node.parent?.type === "array" ? edited : withoutValue(edited, place);
}

/** Of members with one name parsers keep the last. */
function nodeAt(root: Node, place: JsonPlace): Node | undefined {
	return place.reduce<Node | undefined>((node, step) => {
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
	[step, ...rest]: JsonPlace,
	json: string,
): string {
	const last = parent.children?.at(-1);
	const offset = last ? last.offset + last.length : parent.offset + 1;
	const element = whole(rest, json, text);
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
			"leads through something without members",
			text,
			0,
		);
	if (step === children.length) return json;
	throw beyondEnd(children.length, text);
}

/** A value within what is missing around it. */
function whole(missing: JsonPlace, json: string, text: string): string {
	return missing.reduceRight<string>((inner, step) => {
		if (typeof step === "string") return `{${JSON.stringify(step)}:${inner}}`;
		if (step === 0) return `[${inner}]`;
		throw beyondEnd(0, text);
	}, json);
}

function beyondEnd(length: number, text: string): JsonSyntaxError {
	return new JsonSyntaxError(
		`is beyond the end of its array, where ${length} is the next index`,
		text,
		0,
	);
}

/** With the comma that parted it from its neighbour. */
function removed(text: string, value: Node): string {
	const node = value.parent?.type === "property" ? value.parent : value;
	const siblings = node.parent?.children ?? [];
	const index = siblings.indexOf(node);
	const before = siblings[index - 1];
	const after = siblings[index + 1];
	const end = (one: Node) => one.offset + one.length;
	if (before) return replaced(text, end(before), end(node) - end(before), "");
	if (after) return replaced(text, node.offset, after.offset - node.offset, "");
	// A trailing comma goes too.
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
	let changed = "";
	let done = 0;
	const visit = (node: Node, key: string) => {
		if (node.type === "property") {
			const [name, value] = nameAndValue(node);
			if (value) visit(value, String(name?.value));
			return;
		}
		for (const child of node.children ?? []) visit(child, key);
		const { type: kind, offset, length } = node;
		if (kind !== "string" && kind !== "number") return;
		const written = sourceOf(node, text);
		const content = change({
			key,
			kind,
			text: kind === "string" ? String(node.value) : written,
		});
		if (content === undefined) return;
		changed += text.slice(done, offset) + content;
		done = offset + length;
	};
	visit(parse(text), "");
	return changed + text.slice(done);
}
