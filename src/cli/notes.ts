/** An identical note within this time is counted, not printed again. */
export const sameNoteMs = 60_000;

/** More different notes than this are not remembered. */
const maxRemembered = 100;

export interface Notes {
	say(text: string): void;
	/** Forgets what was printed: after a prompt, a note may be printed again. */
	forget(): void;
	/** Prints how often each was repeated since. */
	close(): void;
}

/** Prints each note once, then how often it was repeated: a full disk is one note, not 42,454. */
export function createNotes(
	write: (text: string, repeated: number) => void,
	now: () => number,
): Notes {
	const said = new Map<string, { at: number; repeated: number }>();
	const sayCount = (text: string) => {
		const repeated = said.get(text)?.repeated ?? 0;
		said.delete(text);
		if (repeated > 0) write(text, repeated);
	};
	const close = () => {
		for (const text of [...said.keys()]) sayCount(text);
	};
	return {
		say(text) {
			const before = said.get(text);
			if (before && now() - before.at < sameNoteMs) {
				before.repeated++;
				return;
			}
			if (before) said.delete(text);
			write(text, before ? before.repeated + 1 : 0);
			const [oldest] = said.keys();
			if (said.size >= maxRemembered && oldest !== undefined) sayCount(oldest);
			said.set(text, { at: now(), repeated: 0 });
		},
		forget: close,
		close,
	};
}
