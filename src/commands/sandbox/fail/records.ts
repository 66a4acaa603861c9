import type { Fault } from "../../../sandbox/fault.ts";

export interface FaultRecord extends Fault {
	type: "fault";
}
