import type { DeliveryExchange } from "../sandbox/delivery/report.ts";

export interface DeliveryQueue {
	/** All of them, oldest first. */
	all: DeliveryExchange[];
	push(delivery: DeliveryExchange): void;
	/** The oldest one that matches and was not returned before; waits for it. */
	next(
		match: (delivery: DeliveryExchange) => boolean,
		options: { timeoutMs: number; explain(): string },
	): Promise<DeliveryExchange>;
	/** Ends all waiting. */
	close(): void;
}

interface Waiting {
	match(delivery: DeliveryExchange): boolean;
	resolve(delivery: DeliveryExchange): void;
	reject(error: Error): void;
}

/** Deliveries for tests that wait for them, each returned once. */
export function deliveryQueue(): DeliveryQueue {
	const all: DeliveryExchange[] = [];
	const pending: DeliveryExchange[] = [];
	const waiting = new Set<Waiting>();
	return {
		all,
		push(delivery) {
			all.push(delivery);
			const taker = [...waiting].find(({ match }) => match(delivery));
			if (taker) taker.resolve(delivery);
			else pending.push(delivery);
		},
		async next(match, { timeoutMs, explain }) {
			const at = pending.findIndex(match);
			if (at >= 0) return pending.splice(at, 1)[0] as DeliveryExchange;
			return waitFor(waiting, match, () => ({
				timeoutMs,
				message: `no such delivery within ${timeoutMs} ms: ${explain()}`,
			}));
		},
		close() {
			for (const { reject } of waiting)
				reject(new Error("the sandbox was stopped"));
		},
	};
}

function waitFor(
	waiting: Set<Waiting>,
	match: Waiting["match"],
	limit: () => { timeoutMs: number; message: string },
): Promise<DeliveryExchange> {
	return new Promise((resolve, reject) => {
		const done = () => {
			clearTimeout(timer);
			waiting.delete(entry);
		};
		const entry: Waiting = {
			match,
			resolve: (delivery) => {
				done();
				resolve(delivery);
			},
			reject: (error) => {
				done();
				reject(error);
			},
		};
		waiting.add(entry);
		const timer = setTimeout(
			() => entry.reject(new Error(limit().message)),
			limit().timeoutMs,
		);
	});
}
