import { Chalk } from "chalk";

/** The colours of igwh, by meaning. Without colours each returns the text unchanged. */
export interface Theme {
	good(text: string): string;
	bad(text: string): string;
	warn(text: string): string;
	/** Secondary text. */
	dim(text: string): string;
	strong(text: string): string;
	/** Something to type or to open. */
	key(text: string): string;
	/** How many characters fit on a line. */
	columns: number;
}

export function createTheme(colours: boolean, columns: number): Theme {
	const chalk = new Chalk({ level: colours ? 1 : 0 });
	return {
		good: chalk.green,
		bad: chalk.red,
		warn: chalk.yellow,
		dim: chalk.dim,
		strong: chalk.bold,
		key: chalk.cyan,
		columns,
	};
}
