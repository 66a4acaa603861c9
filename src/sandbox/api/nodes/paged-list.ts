import type { FieldSelection } from "../field-selection.ts";

/** How many Graph lists where nobody says. */
const usualLimit = 25;
const maxLimit = 100;

/**
 * One part of a list, as `limit` and `after` select it, with cursors; `next`
 * stands there where more follows, except in the lists that never have it
 * (meta-platform §4.6).
 */
export function pagedList<T extends { id: string }>(
	items: readonly T[],
	{ modifiers }: Pick<FieldSelection, "modifiers">,
	show: (item: T) => unknown,
	{ withNext = true }: { withNext?: boolean } = {},
) {
	const after = modifiers.get("after");
	const start = items.findIndex((item) => cursor(item) === after) + 1;
	const limit = Math.min(
		Number(modifiers.get("limit")) || usualLimit,
		maxLimit,
	);
	const shown = items.slice(start, start + limit);
	const more = start + limit < items.length;
	return { data: shown.map(show), ...paging(shown, more && withNext) };
}

function paging(shown: readonly { id: string }[], more: boolean) {
	const [first, last] = [shown[0], shown.at(-1)];
	if (!first || !last) return {};
	const cursors = { before: cursor(first), after: cursor(last) };
	const next = `https://graph.facebook.com/?after=${cursors.after}`;
	return { paging: { cursors, ...(more && { next }) } };
}

function cursor({ id }: { id: string }): string {
	return Buffer.from(id).toString("base64url");
}
