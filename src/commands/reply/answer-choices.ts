import type { ReadItem } from "../../mentions/read-item.ts";
import type { Choice } from "../../world.ts";

/** What the person may do about a mention. */
export type Action =
	| { do: "line" | "editor" | "skip" | "done" | "back" }
	| { do: "page"; url: string }
	| { do: "again"; message: string };

/** What can be done about this one, the likeliest first. */
export function actions(record: ReadItem): Choice<Action>[] {
	const url = record.type === "mention" ? record.media?.permalink : undefined;
	const open = record.inbox?.answer;
	const inDoubt = isInDoubt(record);
	const write = inDoubt ? "Write another answer" : "Write an answer";
	return [
		...(open && inDoubt && record.type === "mention"
			? [
					{
						name: `Send the same again: ${open.message}`,
						value: { do: "again" as const, message: open.message },
					},
				]
			: []),
		...(record.type === "mention"
			? [
					{ name: write, value: { do: "line" as const } },
					{ name: `${write} in the editor`, value: { do: "editor" as const } },
				]
			: []),
		...(url && /^https:\/\//.test(url)
			? [
					{
						name: "Open it in the browser",
						value: { do: "page" as const, url },
					},
				]
			: []),
		{ name: "Skip it", value: { do: "skip" } },
		{ name: "It is answered: mark it done", value: { do: "done" } },
		{ name: "Back to the list", value: { do: "back" } },
	];
}

/** A mention on a line of the list. */
export function lineOf(record: ReadItem): string {
	const { username = "unknown", text = "", inbox } = record;
	const marks = [
		record.type === "mention" && record.kind === "caption" && "caption",
		inbox?.state === "failed" && "failed",
		isInDoubt(record) && "perhaps answered",
	].filter(Boolean);
	const mark = marks.length > 0 ? ` (${marks.join(", ")})` : "";
	return `@${username}${mark}: ${text}`;
}

/** An answer was begun, and whether it arrived is not known. */
export function isInDoubt({ inbox }: ReadItem): boolean {
	return inbox?.answer !== undefined && inbox.answer.state !== "sent";
}
