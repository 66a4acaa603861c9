import { flag, option } from "../../cli/input.ts";
import { integer } from "../../readers/number.ts";
import { text } from "../../readers/text.ts";
import { duration } from "../../readers/time.ts";
import type { Fault } from "../../sandbox/fault.ts";

/** The flags that say what goes wrong with which calls. */
export const faultInputs = {
	on: option(
		"<call>",
		"the calls it happens to; all where left out",
		text("POST /mentions"),
	),
	times: option(
		"<n>",
		"to how many of them; all where left out",
		integer(1, 1_000_000),
	),
	delay: option("<time>", "let them wait for their answer", duration),
	drop: flag("close the connection in the middle of the answer"),
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
