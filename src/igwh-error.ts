/** What each kind of failure exits with. One meaning each; 0 is never here. */
export const exitCodes = {
	bug: 1,
	usage: 2,
	configuration: 2,
	input: 2,
	store: 2,
	check: 3,
	token: 4,
	permission: 4,
	network: 5,
	tunnel: 5,
	graph: 6,
	"rate-limit": 6,
	interrupted: 130,
} as const;

export type ErrorCode = keyof typeof exitCodes;

/** The one error of igwh: what happened in a sentence, and what to do next. */
export class IgwhError extends Error {
	override readonly name: string = "IgwhError";

	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly hint: string,
		private readonly options: {
			cause?: unknown;
			/** The records say it already: only `--json` prints it. */
			shown?: true;
		} = {},
	) {
		super(message, options);
	}

	get shown(): boolean {
		return this.options.shown ?? false;
	}

	get exitCode(): number {
		return exitCodes[this.code];
	}
}

/** Gives any thrown value the form of an IgwhError; an unknown one is a bug of ours. */
export function asIgwhError(thrown: unknown): IgwhError {
	if (thrown instanceof IgwhError) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return new IgwhError(
		"bug",
		`this should not have happened: ${message}`,
		"set IGWH_DEBUG=1 to see where it comes from, and report it with the command you ran",
		{ cause: thrown },
	);
}

/** Someone pressed Ctrl-C. */
export function interrupted(): IgwhError {
	return new IgwhError(
		"interrupted",
		"interrupted",
		"run the command again to continue",
	);
}
