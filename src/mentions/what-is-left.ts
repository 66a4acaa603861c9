import { MissingToken } from "../graph/access-tokens.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { IgwhError } from "../igwh-error.ts";
import { AlreadyAnswered, NotAnswerable } from "./send-answer.ts";

/** A failure of this answer alone; a rate limit, a bad token or no network stops them all. */
export function affectsOneAnswer(error: unknown): error is IgwhError {
	return (
		error instanceof AlreadyAnswered ||
		error instanceof NotAnswerable ||
		error instanceof MissingToken ||
		(error instanceof GraphRefusal && !error.affectsEveryCall)
	);
}

/** What ended a run, with how many are left to answer. */
export function withWhatIsLeft(error: unknown, left: number): unknown {
	if (!(error instanceof IgwhError)) return error;
	return new IgwhError(
		error.code,
		`${error.message}; ${left} left to answer`,
		error.hint,
		{ cause: error },
	);
}
