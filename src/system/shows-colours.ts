/**
 * Whether text for a stream is coloured. `FORCE_COLOR` decides where it is set
 * (0 and false switch colours off), then `NO_COLOR`, then what the terminal can
 * show; Node has the same order (https://force-color.org, https://no-color.org).
 */
export function showsColours(
	stream: Pick<NodeJS.WriteStream, "isTTY"> & { hasColors?(): boolean },
	{ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv,
): boolean {
	if (FORCE_COLOR) return !["0", "false"].includes(FORCE_COLOR);
	if (NO_COLOR) return false;
	return Boolean(stream.isTTY && stream.hasColors?.());
}
