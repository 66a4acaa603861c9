import type { IgwhError } from "../igwh-error.ts";
import type { AnyRecord } from "../records.ts";
import type { Terminal } from "../world.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { createPaint, type Paint } from "./paint.ts";
import { jsonLine, safeText, safeValue } from "./safe-text.ts";

export interface OutputOptions {
	json: boolean;
	/** Values that must not appear, those typed into a prompt until now among them. */
	hidden(): readonly string[];
}

/** How a record reads for a person; nothing where it says nothing to them. */
export type Human = (record: AnyRecord, paint: Paint) => string | undefined;

/** The one place that prints: records to stdout, all else to stderr. */
export interface Output {
	record(record: AnyRecord, human: Human): Promise<void>;
	failure(error: IgwhError): void;
}

export function createOutput(
	terminal: Terminal,
	{ json, hidden }: OutputOptions,
): Output {
	const paint = createPaint(terminal.colours && !json, terminal.columns);
	const hide = (line: string) => hideSecrets(line, hidden());
	return {
		async record(record, human) {
			const line = json ? jsonLine(record) : human(safeValue(record), paint);
			if (line !== undefined) await terminal.print(hide(line));
		},
		failure({ code, message, hint }) {
			// Whoever pressed Ctrl-C knows it.
			if (code === "interrupted" && !json) return;
			const lines = json
				? [jsonLine({ error: { code, message, hint } })]
				: [`${paint.bad("igwh:")} ${safeText(message)}`, `  ${safeText(hint)}`];
			for (const line of lines) terminal.note(hide(line));
		},
	};
}
