import { type FieldSelection, fieldsText } from "../field-selection.ts";
import type { GraphCall } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import type { ReadContext } from "./node-type.ts";

/** How many Graph lists where nobody says, and at most. */
const usualLimit = 25;
const maxLimit = 100;

export interface PagedList<T> {
	/** The id of the node the list hangs on. */
	of: string;
	items: readonly T[];
	show: (item: T) => unknown;
	/** `cursors`: without links, as in the lists inside mentions; `none`: `data` only. */
	paging?: "links" | "cursors" | "none";
}

/**
 * One part of a list, as `limit`, `after` and `before` select it, with cursors
 * and links to the parts around it. See ../../README.md, "Paging".
 * @throws GraphError 2642 for a cursor that is not of this list
 */
export function pagedList<T extends { id: string }>(
	context: ReadContext,
	selection: FieldSelection,
	{ of, items, show, paging = "links" }: PagedList<T>,
) {
	const [start, end] = selectedRange(items, selection);
	const shown = items.slice(start, end);
	const data = shown.map(show);
	const [first, last] = [shown[0], shown.at(-1)];
	if (!first || !last || paging === "none") return { data };
	const cursors = { before: cursor(first), after: cursor(last) };
	if (paging === "cursors") return { data, paging: { cursors } };
	const link = (name: "after" | "before") =>
		partLink(context.call, of, { selection, [name]: cursors[name] });
	return {
		data,
		paging: {
			cursors,
			...(end < items.length && { next: link("after") }),
			...(start > 0 && { previous: link("before") }),
		},
	};
}

function selectedRange(
	items: readonly { id: string }[],
	{ modifiers }: FieldSelection,
): [start: number, end: number] {
	const limit = readLimit(modifiers.get("limit"));
	const after = modifiers.get("after");
	const before = modifiers.get("before");
	if (after === undefined && before !== undefined) {
		const end = place(items, before);
		return [Math.max(end - limit, 0), end];
	}
	const start = after === undefined ? 0 : place(items, after) + 1;
	return [start, Math.min(start + limit, items.length)];
}

function readLimit(text: string | undefined): number {
	if (text === undefined) return usualLimit;
	if (!/^\d{1,9}$/.test(text))
		throw graphErrors.invalidParameter(
			"Param limit must be a non-negative integer",
		);
	return Math.min(Number(text), maxLimit);
}

function place(items: readonly { id: string }[], wanted: string): number {
	const found = items.findIndex((item) => cursor(item) === wanted);
	if (found < 0) throw graphErrors.invalidCursor();
	return found;
}

function cursor({ id }: { id: string }): string {
	return Buffer.from(id).toString("base64url");
}

/** These are said by the link itself, or stay with the call. */
const ownParameters = [
	"access_token",
	"after",
	"appsecret_proof",
	"before",
	"fields",
	"ids",
	"limit",
	"method",
];

/** As Meta's: the token is in it where it came as a parameter. */
function partLink(
	{ baseUrl, version, parameters }: GraphCall,
	of: string,
	{
		selection: { name, modifiers, fields },
		...cursors
	}: { selection: FieldSelection; after?: string; before?: string },
): string {
	const token = parameters.get("access_token");
	const others = [...modifiers].filter(
		([name]) => !ownParameters.includes(name),
	);
	const query = new URLSearchParams([
		...(token === undefined ? [] : [["access_token", token]]),
		...(fields ? [["fields", fieldsText(fields)]] : []),
		...others,
		["limit", modifiers.get("limit") ?? String(usualLimit)],
		...Object.entries(cursors),
	] as [string, string][]);
	return `${baseUrl}/${version}/${of}/${name}?${query}`;
}
