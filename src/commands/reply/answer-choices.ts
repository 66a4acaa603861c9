import type { ReadItem } from "../../mentions/read-item.ts";
import type { Choice } from "../../world.ts";

/** What the person may do about a mention. */
export type Action =
	| { do: "line" | "editor" | "skip" | "done" | "back" }
	| { do: "page"; url: string }
	| { do: "again"; message: string };

/** What can be done about this one, the likeliest first. */
export function actions(
	record: ReadItem,
	{ hasDraft }: { hasDraft: boolean },
): Choice<Action>[] {
	const write = hasDraft
		? "Continue your draft"
		: isInDoubt(record)
			? "Write another answer"
			: "Write an answer";
	return [
		...sendAgain(record),
		...(record.type === "mention"
			? [
					{ name: write, value: { do: "line" as const } },
					{ name: `${write} in the editor`, value: { do: "editor" as const } },
				]
			: []),
		...openPage(record),
		{ name: "Skip it", value: { do: "skip" } },
		{ name: "Mark it as answered", value: { do: "done" } },
		{ name: "Back to the list", value: { do: "back" } },
	];
}

function sendAgain(record: ReadItem): Choice<Action>[] {
	const open = record.inbox?.answer;
	if (record.type !== "mention" || !open || !isInDoubt(record)) return [];
	const { message } = open;
	return [
		{
			name: `Send the same again: ${message}`,
			value: { do: "again", message },
		},
	];
}

function openPage(record: ReadItem): Choice<Action>[] {
	const url = record.type === "mention" ? record.media?.permalink : undefined;
	return url && /^https:\/\//.test(url)
		? [{ name: "Open it in the browser", value: { do: "page", url } }]
		: [];
}

/** A mention on a line of the list. */
export function lineOf(
	record: ReadItem,
	{ hasDraft = false }: { hasDraft?: boolean } = {},
): string {
	const { username = "unknown", text = "", inbox } = record;
	const marks = [
		record.type === "mention" && record.kind === "caption" && "caption",
		inbox?.state === "failed" && "failed",
		isInDoubt(record) && "perhaps answered",
		hasDraft && "draft",
	].filter(Boolean);
	const mark = marks.length > 0 ? ` (${marks.join(", ")})` : "";
	return `@${username}${mark}: ${text}`;
}

/** An answer was begun, and whether it arrived is not known. */
export function isInDoubt({ inbox }: ReadItem): boolean {
	return inbox?.answer !== undefined && inbox.answer.state !== "sent";
}
