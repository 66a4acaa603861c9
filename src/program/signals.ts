import { setMaxListeners } from "node:events";

/**
 * Signals this close together are one request: npx repeats Ctrl-C to its child,
 * and a terminal that closes sends SIGHUP through the shell and by itself.
 */
export const sameRequestMs = 300;

interface SignalOptions {
	/** Milliseconds that never go back. */
	elapsed(): number;
	/** Ends the process at once. */
	exit(code: number): void;
	/** Called before an orderly end. */
	started?(): void;
}

/**
 * Installs the signal handlers of the program. The first SIGINT, SIGTERM or
 * SIGHUP asks for an orderly end; another SIGINT or SIGTERM ends at once. An
 * error nobody caught asks for an orderly end too, so that the run can restore
 * what it changed; it is the signal's reason.
 */
export function interruptOnSignals(
	process: NodeJS.EventEmitter,
	{ elapsed, exit, started }: SignalOptions,
): AbortSignal {
	const interruption = new AbortController();
	// Every request under way listens to it, and a load has hundreds of them.
	setMaxListeners(0, interruption.signal);
	let firstAt = 0;
	for (const name of ["SIGINT", "SIGTERM", "SIGHUP"])
		process.on(name, () => {
			if (!interruption.signal.aborted) {
				firstAt = elapsed();
				started?.();
				interruption.abort();
			} else if (name !== "SIGHUP" && elapsed() - firstAt > sameRequestMs)
				exit(130);
		});
	for (const name of ["uncaughtException", "unhandledRejection"])
		process.on(name, (error) => interruption.abort(error));
	return interruption.signal;
}
