import { IgwhError } from "../igwh-error.ts";
import { GraphRefusal } from "./graph-error.ts";

export interface Write<T> {
	/** Makes the call. */
	write(): Promise<unknown>;
	/** Reads the state afterwards. */
	readBack(): Promise<T>;
	/** What the state lacks; nothing where the write had its effect. */
	missing(state: T): string | undefined;
}

/**
 * Judges a write by the state that is read back, not by Meta's answer: Meta
 * sometimes reports success without doing it, or does it and its answer is lost.
 * @returns the state
 * @throws the refusal of the write; IgwhError `graph` where it had no effect
 */
export async function writeAndReadBack<T>({
	write,
	readBack,
	missing,
}: Write<T>): Promise<T> {
	const failure = await write().then(
		() => undefined,
		(error: unknown) => ({ error }),
	);
	if (failure && !mayHaveWorked(failure.error)) throw failure.error;
	const state = await readBack().catch((error) => {
		throw failure ? failure.error : error;
	});
	const problem = missing(state);
	if (problem === undefined) return state;
	if (failure) throw failure.error;
	throw new IgwhError(
		"graph",
		`Meta answered the call, but ${problem}`,
		"run the command again; if that does not help, check the app's products in the App Dashboard",
	);
}

function mayHaveWorked(error: unknown): boolean {
	return error instanceof GraphRefusal
		? error.outcomeUnknown
		: error instanceof IgwhError && error.code === "network";
}
