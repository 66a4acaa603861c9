import { isSuccess } from "../../webhook/meta-retries.ts";
import type { Sandbox } from "../context.ts";
import { randomDigits } from "../new-id.ts";
import { deliver } from "./deliver.ts";
import { deliveryBody, type NewChange } from "./delivery-body.ts";
import { closedGates } from "./gates.ts";
import type {
	Announcement,
	DeliveryReport,
	DeliverySummary,
} from "./report.ts";

/** What Meta does to a crowd of changes, on demand. */
export interface DeliveryManner {
	/** Changes in one delivery, up to 1000. */
	batch?: number;
	/** Sends each delivery twice. */
	duplicate?: boolean;
	/** Sends them in any order. */
	shuffle?: boolean;
}

/**
 * Delivers changes of one account and field to the app, if every gate is open;
 * Meta is silent otherwise, the log is not.
 */
export async function announce(
	sandbox: Sandbox,
	changes: readonly [NewChange, ...NewChange[]],
	manner: DeliveryManner = {},
): Promise<Announcement> {
	const { field, accountId } = changes[0];
	const gates = closedGates(sandbox.state, accountId, field);
	if (gates.length > 0) {
		sandbox.log({ type: "gate", field, accountId, gates });
		return { delivery: null, gates };
	}
	const reports: (DeliveryReport | null)[] = [];
	for (const batch of batchesOf(sandbox, changes, manner))
		reports.push(await deliverBatch(sandbox, batch));
	const [delivery = null] = reports;
	return {
		delivery,
		gates,
		...(reports.length > 1 && { deliveries: summaryOf(reports) }),
	};
}

/** Does so in the background, once the answer that caused it is on its way. */
export function announceLater(sandbox: Sandbox, change: NewChange): void {
	const { world, closed } = sandbox;
	void world.clock
		.sleep(0, closed)
		.then(() => (closed.aborted ? undefined : announce(sandbox, [change])));
}

function deliverBatch(sandbox: Sandbox, changes: readonly NewChange[]) {
	const { accountId, field } = changes[0] as NewChange;
	const subscription = sandbox.state.subscriptions.get("instagram");
	const body = deliveryBody(changes, {
		now: sandbox.world.clock.now(),
		includeValues: subscription?.includeValues,
	});
	return deliver(sandbox, { accountId, field, ...body });
}

function batchesOf(
	sandbox: Sandbox,
	changes: readonly NewChange[],
	{ batch = 1, duplicate, shuffle }: DeliveryManner,
): (readonly NewChange[])[] {
	const batches: (readonly NewChange[])[] = [];
	for (let at = 0; at < changes.length; at += batch) {
		const part = changes.slice(at, at + batch);
		batches.push(part, ...(duplicate ? [part] : []));
	}
	return shuffle ? shuffled(batches, sandbox) : batches;
}

function shuffled<T>(items: readonly T[], { world }: Sandbox): T[] {
	return items
		.map((item) => ({ item, rank: randomDigits(world.randomBytes, 15) }))
		.sort((a, b) => (a.rank < b.rank ? -1 : 1))
		.map(({ item }) => item);
}

function summaryOf(
	reports: readonly (DeliveryReport | null)[],
): DeliverySummary {
	const ok = reports.filter((report) => isSuccess(report?.status ?? 0)).length;
	return { sent: reports.length, ok, failed: reports.length - ok };
}
