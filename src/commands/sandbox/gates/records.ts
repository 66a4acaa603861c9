import type { GateState } from "../../../sandbox/delivery/gate.ts";

export interface GateRecord extends GateState {
	type: "gate";
}
