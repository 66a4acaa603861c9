export interface TerminalSize {
	columns: number;
	rows: number;
}

/** The size of the terminal that prompts are drawn on, now. */
export function terminalSize(): TerminalSize {
	const { columns = 80, rows = 24 } = process.stderr;
	return { columns: Math.max(columns, 24), rows };
}
