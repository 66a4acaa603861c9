import type { GraphNode } from "../../simulation/state.ts";
import type { GraphCall } from "../graph-call.ts";
import type { ReadContext } from "../nodes/node-type.ts";

/** What a method on an edge of a node does; it returns the answer's body. */
export type Operation<T extends GraphNode> = (
	node: T,
	context: ReadContext,
	call: GraphCall,
) => unknown;

export const success = { success: true } as const;
