import type { Sandbox } from "../../context.ts";
import type { FieldSelection } from "../field-selection.ts";
import type { GraphCall } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import type { Viewer } from "../viewer.ts";
import type { MetaNames } from "./meta-names.ts";

/** Who looks, and into which world. */
export interface ReadContext {
	sandbox: Sandbox;
	viewer: Viewer;
	call: GraphCall;
}

/** Shows one field of a node; nothing where the node has no value for it. */
export type FieldReader<T> = (
	node: T,
	context: ReadContext,
	selection: FieldSelection,
) => unknown;

/** A type of node of the Graph API: how it is called in errors, and its fields. */
export interface NodeType<T> {
	name: string;
	/** What a call without `fields` shows. */
	defaults: readonly string[];
	fields: Readonly<Record<string, FieldReader<T>>>;
	/** What Meta's node has, as far as more of it than `fields` may be asked for. */
	meta?: MetaNames;
}

/**
 * Shows the selected fields of a node in the order they were asked for, and
 * `id` at the end where it was not.
 * @throws GraphError 100 for a field the type does not have
 */
export function showNode<T extends { id: string }>(
	type: NodeType<T>,
	node: T,
	context: ReadContext,
	selections: readonly FieldSelection[] = type.defaults.map(plainField),
): Record<string, unknown> {
	const shown: Record<string, unknown> = {};
	for (const selection of selections)
		shown[selection.name] = readField(type, node, context, selection);
	if (!("id" in shown))
		shown.id = readField(type, node, context, plainField("id"));
	return shown;
}

/** @throws GraphError 100 for a field the type does not have */
export function readField<T>(
	type: NodeType<T>,
	node: T,
	context: ReadContext,
	selection: FieldSelection,
): unknown {
	const { name } = selection;
	if (Object.hasOwn(type.fields, name))
		return type.fields[name]?.(node, context, selection);
	if (type.meta?.fields.has(name) || type.meta?.edges.has(name))
		return undefined;
	throw graphErrors.nonexistingField(name, type.name);
}

/** The fields of a type that remain where only some of them may be read. */
export function pickFields<T>(
	fields: NodeType<T>["fields"],
	names: readonly string[],
): NodeType<T>["fields"] {
	return Object.fromEntries(
		Object.entries(fields).filter(([name]) => names.includes(name)),
	);
}

/** A field as a call names it without more. */
export function plainField(name: string): FieldSelection {
	return { name, modifiers: new Map() };
}
