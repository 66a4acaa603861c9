import { IgwhError } from "../igwh-error.ts";
import { GraphRefusal } from "./graph-error.ts";

export interface Write<T> {
	/** Makes the call. */
	write(): Promise<unknown>;
	/** Reads what is there afterwards. */
	readBack(): Promise<T>;
	/** What is missing from what was read back; nothing where the write had its effect. */
	missing(state: T): string | undefined;
}

/**
 * Judges a write to Meta by what is read back, whatever was answered to it: Meta
 * also says yes without doing it, and does it without the answer arriving.
 * @returns what was read back
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
		"run the command again; if it stays so, look at the app's products in the App Dashboard",
	);
}

function mayHaveWorked(error: unknown): boolean {
	return error instanceof GraphRefusal
		? error.outcomeUnknown
		: error instanceof IgwhError && error.code === "network";
}
