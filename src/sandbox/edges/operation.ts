import type { GraphCall } from "../graph-call.ts";
import type { Sight } from "../nodes/node-type.ts";
import type { GraphNode } from "../sandbox-state.ts";

/** What a method on an edge of a node does; it returns the answer's body. */
export type Operation<T extends GraphNode> = (
	node: T,
	sight: Sight,
	call: GraphCall,
) => unknown;

export const success = { success: true } as const;
