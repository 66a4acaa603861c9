import type { Sandbox } from "../context.ts";
import { type DeliveryReport, deliver, type NewChange } from "./deliver.ts";
import { closedGates, type Gate } from "./gates.ts";

export interface Announcement {
	/** The first attempt; null where a gate stopped it. */
	delivery: DeliveryReport | null;
	/** The gates that are closed. */
	gates: Gate[];
}

/** Tells the app of a change, if every gate is open; Meta is silent otherwise, the log is not. */
export async function announce(
	sandbox: Sandbox,
	change: NewChange,
): Promise<Announcement> {
	const { field, accountId } = change;
	const gates = closedGates(sandbox.state, accountId, field);
	if (gates.length === 0)
		return { delivery: await deliver(sandbox, change), gates };
	sandbox.log({ type: "gate", field, accountId, gates });
	return { delivery: null, gates };
}

/** Does so in the background, once the answer that caused it is on its way. */
export function announceLater(sandbox: Sandbox, change: NewChange): void {
	const { world, closed } = sandbox;
	void world.clock
		.sleep(0, closed)
		.then(() => (closed.aborted ? undefined : announce(sandbox, change)));
}
