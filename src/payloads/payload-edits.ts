import {
	type JsonScalar,
	readScalars,
	type ScalarChange,
	type ScalarTemplate,
} from "../webhook/json-text.ts";

/** An edit whose result is the same each time. */
export interface TextEdit {
	apply(json: string): string;
}

/** An edit of strings and numbers whose result differs each time, such as new ids. */
export interface ScalarEdit {
	/** Looks at the payload once, and gives a change for each delivery made of it. */
	prepare(template: ScalarTemplate): () => ScalarChange;
}

export type PayloadEdit = TextEdit | ScalarEdit;

/**
 * Applies edits to the text of a payload, in order: those up to the first that
 * varies now, the others at each call.
 */
export function editPayload(
	json: string,
	edits: readonly PayloadEdit[],
): () => string {
	const varying = edits.findIndex(isScalarEdit);
	if (varying < 0) {
		const edited = applyAll(json, edits as readonly TextEdit[]);
		return () => edited;
	}
	const template = readScalars(
		applyAll(json, edits.slice(0, varying) as TextEdit[]),
	);
	const fixed = edits.slice(varying).findIndex((edit) => !isScalarEdit(edit));
	const end = fixed < 0 ? edits.length : varying + fixed;
	const changes = (edits.slice(varying, end) as ScalarEdit[]).map((edit) =>
		edit.prepare(template),
	);
	const rest = edits.slice(end);
	return () => {
		const filled = template.fill(
			changes.map((change) => change()).reduce(inTurn),
		);
		return editPayload(filled, rest)();
	};
}

function isScalarEdit(edit: PayloadEdit): edit is ScalarEdit {
	return "prepare" in edit;
}

function applyAll(json: string, edits: readonly TextEdit[]): string {
	return edits.reduce((text, edit) => edit.apply(text), json);
}

function inTurn(first: ScalarChange, second: ScalarChange): ScalarChange {
	return (scalar) => {
		const changed = first(scalar);
		if (changed === undefined) return second(scalar);
		return second(scalarOf(scalar, changed)) ?? changed;
	};
}

function scalarOf({ key, kind }: JsonScalar, json: string): JsonScalar {
	return { key, kind, text: kind === "string" ? JSON.parse(json) : json };
}
