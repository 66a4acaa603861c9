import { asArray, asString } from "../webhook/delivery.ts";
import { graphErrors } from "./api/graph-error.ts";
import type { Sandbox } from "./context.ts";
import { pressTest } from "./delivery/dashboard-test.ts";
import { closeGate, gateStates, openGate } from "./delivery/gates.ts";
import { readFault } from "./faults.ts";
import { simulate } from "./simulation/simulate.ts";
import type { TriggerInput } from "./simulation/trigger.ts";

type Input = Readonly<Record<string, unknown>>;

/** What can be done to a running sandbox, each with its input as JSON. */
const operations = {
	/** Makes something happen, and delivers it. */
	trigger: (sandbox: Sandbox, input: Input) =>
		simulate(sandbox, input as unknown as TriggerInput),
	/** The Test button of the App Dashboard. */
	test: (sandbox: Sandbox, { field }: Input) =>
		pressTest(sandbox, asString(field)),
	gates: ({ state }: Sandbox) => ({ gates: gateStates(state) }),
	open: ({ state }: Sandbox, { gates }: Input) => {
		for (const id of asArray(gates)) openGate(state, asString(id));
		return { gates: gateStates(state) };
	},
	close: ({ state }: Sandbox, { gates }: Input) => {
		for (const id of asArray(gates)) closeGate(state, asString(id));
		return { gates: gateStates(state) };
	},
	calls: ({ calls }: Sandbox) => ({ calls }),
	faults: ({ faults }: Sandbox) => ({ faults }),
	fail: ({ faults }: Sandbox, input: Input) => {
		faults.push(readFault(input));
		return { faults };
	},
	heal: ({ faults }: Sandbox) => {
		faults.length = 0;
		return { faults };
	},
	/** Whether the app's receiver can be reached. */
	receiver: (sandbox: Sandbox, { down }: Input) => {
		sandbox.receiverDown = down === true;
		return { down: sandbox.receiverDown };
	},
	/** How many times faster than Meta it sends again. */
	speed: (sandbox: Sandbox, { retries }: Input) => {
		const before = 1 / sandbox.retryScale;
		if (typeof retries !== "number" || !(retries > 0))
			throw graphErrors.invalidParameter(
				"Param retries must be a positive number.",
			);
		sandbox.retryScale = 1 / retries;
		return { before };
	},
	/** Ends the life of a token now, or of every page's. */
	"expire-token": ({ state, world }: Sandbox, { token }: Input) => {
		const expired = state.tokens.filter(({ value, pageId }) =>
			token === undefined ? pageId !== undefined : value === token,
		);
		for (const token of expired) token.expiresAt = world.clock.now();
		return { expired: expired.length };
	},
	/** Gives every page's token its life back. */
	"renew-token": ({ state }: Sandbox) => {
		const pages = state.tokens.filter(({ pageId }) => pageId !== undefined);
		for (const token of pages) delete token.expiresAt;
		return { renewed: pages.length };
	},
	"delete-comment": ({ state }: Sandbox, { id }: Input) => {
		if (!state.comments.delete(asString(id)))
			throw graphErrors.unsupportedObject("DELETE", asString(id));
		return { deleted: id };
	},
} as const;

export type ControlOperation = keyof typeof operations;

export function isControlOperation(name: string): name is ControlOperation {
	return Object.hasOwn(operations, name);
}

/** Does something to a running sandbox. @throws GraphError, IgwhError for bad input */
export async function control(
	sandbox: Sandbox,
	operation: ControlOperation,
	input: Input = {},
): Promise<unknown> {
	return operations[operation](sandbox, input);
}
