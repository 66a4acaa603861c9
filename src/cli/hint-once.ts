import { sameNoteMs } from "./notes.ts";

/** Leaves out the hint of a note where the note before had the same hint. */
export function hintOnce(now: () => number): (note: string) => string {
	let last = { hint: "", at: 0 };
	return (note) => {
		const [message = "", ...lines] = note.split("\n");
		const hint = lines.join("\n");
		const isRepeated = hint === last.hint && now() - last.at < sameNoteMs;
		if (hint !== "" && isRepeated) return message;
		last = { hint, at: now() };
		return note;
	};
}
