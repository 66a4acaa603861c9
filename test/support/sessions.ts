/** A command of a console block, and what it must print. */
export interface Typed {
	/** As it stands in the block. */
	pasted: string;
	/** The same without npx. */
	command: string;
	/** It runs until Ctrl-C. */
	runsOn: boolean;
	expected: RegExp;
}

/**
 * Reads the `console` blocks of a text. In what is shown, `…` stands for any
 * text, and alone on a line for any lines.
 */
export function readSessions(markdown: string): Typed[] {
	const blocks = [...markdown.matchAll(/```console\n(.*?)```/gs)];
	return blocks.flatMap(([, block = ""]) =>
		block
			.split(/^\$ /m)
			.filter(Boolean)
			.map((session) => {
				const [pasted = "", ...shown] = session.trimEnd().split("\n");
				const command = pasted.replace(/^npx /, "");
				return {
					pasted,
					command,
					runsOn: /^igwh (listen|sandbox(?! (gates|open|close)))\b/.test(
						command,
					),
					expected: pattern(shown),
				};
			}),
	);
}

function pattern(lines: readonly string[]): RegExp {
	const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
	const source = lines
		.map((line) =>
			line === "…" ? "[^]*" : line.split("…").map(literal).join(".*"),
		)
		.join("\n");
	return new RegExp(`^${source}$`);
}
