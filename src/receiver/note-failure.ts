import type { World } from "../world.ts";

/** Reports a failure that does not end the listener. */
export function noteFailure(
	what: string,
	{ message }: Error,
	{ terminal }: Pick<World, "terminal">,
	hint?: string,
): void {
	terminal.note(`igwh: ${what}: ${message}${hint ? `\n  ${hint}` : ""}`);
}
