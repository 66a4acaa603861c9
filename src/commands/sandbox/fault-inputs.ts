import { flag, option } from "../../cli/input.ts";
import { integer } from "../../readers/number.ts";
import { text } from "../../readers/text.ts";
import { duration } from "../../readers/time.ts";
import type { Fault } from "../../sandbox/fault.ts";

/** The flags that say what goes wrong with which calls. */
export const faultInputs = {
	on: option(
		"<call>",
		"Calls that it applies to; all of them if not given",
		text("POST /mentions"),
	),
	times: option(
		"<n>",
		"Number of calls that it applies to; all of them if not given",
		integer(1, 1_000_000),
	),
	delay: option("<time>", "Delay the answer", duration),
	drop: flag("Close the connection in the middle of the answer"),
};

export interface FaultInput {
	fail: string | undefined;
	on: string | undefined;
	times: number | undefined;
	/** Milliseconds. */
	delay: number | undefined;
	drop: boolean;
}

/** The fault that the flags name, if they name one. */
export function faultOf({
	fail,
	on = "*",
	times,
	delay,
	drop,
}: FaultInput): Fault | undefined {
	if (fail === undefined && delay === undefined && !drop) return undefined;
	return {
		on,
		...(fail !== undefined && { fail }),
		...(delay !== undefined && { delayMs: delay }),
		...(drop && { drop }),
		...(times !== undefined && { times }),
	};
}
