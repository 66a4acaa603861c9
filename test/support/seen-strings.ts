import { parseAst } from "rolldown/parseAst";
import { sources } from "./sources.ts";

interface Node {
	type: string;
	start: number;
	end: number;
	value?: unknown;
	quasis?: { value: { cooked: string } }[];
	expressions?: Node[];
}

/** Nodes whose strings no one sees. */
const unseen = new Set([
	"ImportDeclaration",
	"ExportAllDeclaration",
	"TSLiteralType",
	"TSTypeAliasDeclaration",
	"TSInterfaceDeclaration",
	"TSTypeAnnotation",
]);

/** Every text of `src` that people can see, by file; `{…}` is what is put in. */
export function seenStrings(): string {
	return sources
		.map(({ path, text }) => ({ path, found: [...stringsIn(text)] }))
		.filter(({ found }) => found.length > 0)
		.map(({ path, found }) => `src/${path}\n${found.map(line).join("")}`)
		.join("\n");
}

function line(text: string): string {
	return `  ${text.replaceAll("\n", "\\n").replaceAll("\t", "")}\n`;
}

function* stringsIn(source: string): Generator<string> {
	const program = parseAst(source, { lang: "ts" }) as unknown as Node;
	for (const text of textsOf(program, source)) if (isProse(text)) yield text;
}

function* textsOf(node: Node, source: string): Generator<string> {
	if (unseen.has(node.type)) return;
	if (node.type === "Literal" && typeof node.value === "string")
		yield node.value;
	if (node.type === "TemplateLiteral") yield templateText(node, source);
	for (const child of childrenOf(node)) yield* textsOf(child, source);
}

function templateText(
	{ quasis = [], expressions = [] }: Node,
	source: string,
): string {
	return quasis
		.map(({ value }, index) => {
			const inner = expressions[index];
			return value.cooked + (inner ? `{${nameOf(inner, source)}}` : "");
		})
		.join("");
}

/** An expression in a few words: its own strings stand on lines of their own. */
function nameOf({ start, end }: Node, source: string): string {
	const text = source.slice(start, end);
	return /^[\w.()]{1,30}$/.test(text) ? text : "…";
}

function childrenOf(node: Node): Node[] {
	return Object.values(node)
		.flat()
		.filter(
			(value): value is Node =>
				typeof value === "object" && value !== null && "type" in value,
		);
}

const sql =
	/\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|WHERE|JOIN|EXISTS|ORDER BY|IS NOT NULL|IN \(|BETWEEN)\b/;

/** Two words at least; no SQL. */
function isProse(text: string): boolean {
	return /\p{L}{2,}[^\n]* [^\n]*\p{L}{2,}/u.test(text) && !sql.test(text);
}
