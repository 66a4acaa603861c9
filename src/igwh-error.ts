/** The exit code of each kind of failure; never 0. */
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

/** The only error that igwh throws on purpose: what happened, and what to do next. */
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

/** Any thrown value as an IgwhError; an unknown one is a bug in igwh. */
export function asIgwhError(thrown: unknown): IgwhError {
	if (thrown instanceof IgwhError) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return new IgwhError(
		"bug",
		`this is a bug in igwh: ${message}`,
		"set IGWH_DEBUG=1 to print where it happened, and report that with the command you ran",
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
