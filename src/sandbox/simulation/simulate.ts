import { asRecord } from "../../webhook/delivery.ts";
import { graphErrors } from "../api/graph-error.ts";
import type { Sandbox } from "../context.ts";
import { sandboxCredentials } from "../credentials.ts";
import { announce } from "../delivery/announce.ts";
import { type SimulatedEvent, simulatedEvents } from "./simulated-events.ts";
import type { Account } from "./state.ts";
import type { TriggerInput, TriggerResult } from "./trigger.ts";
import { triggerFields } from "./trigger-fields.ts";

/**
 * Makes something happen in the sandbox's world, so that it can be looked up
 * afterwards, and tells the app of it through the gates.
 * @throws GraphError 100 for bad input
 */
export async function simulate(
	sandbox: Sandbox,
	input: TriggerInput,
): Promise<TriggerResult> {
	const { field, happening } = knownHappening(input.field);
	checkMembers(input, field, happening);
	const account = knownAccount(sandbox, input.accountId);
	const happen = () => ({
		field,
		accountId: account.id,
		value: happening.happen(sandbox, {
			account,
			text: input.text,
			from: username(input.from),
			caption: input.caption,
			ad: input.ad ?? false,
			album: input.album ?? false,
			low: input.low ?? false,
		}),
	});
	const first = happen();
	const more = Array.from({ length: (input.count ?? 1) - 1 }, happen);
	return { ...first, ...(await announce(sandbox, [first, ...more], input)) };
}

function knownHappening(field: unknown) {
	if (field === undefined) throw graphErrors.missingParameter("field");
	const name = String(field);
	const happening = Object.hasOwn(simulatedEvents, name)
		? simulatedEvents[name]
		: undefined;
	if (!happening) throw graphErrors.notOneOf("field", triggerFields, name);
	return { field: name, happening };
}

function checkMembers(
	input: TriggerInput,
	field: string,
	{ takes }: SimulatedEvent,
): void {
	const allowed = ["field", "accountId", ...takes, ...manners];
	for (const [name, value] of Object.entries(asRecord(input))) {
		if (value === undefined || value === false) continue;
		if (!allowed.includes(name))
			throw graphErrors.invalidParameter(
				`Param ${name} means nothing to ${field}; it takes {${allowed.join(", ")}}.`,
			);
		const { fits, what } = kinds[name] ?? text;
		if (!fits(value))
			throw graphErrors.invalidParameter(`Param ${name} must be ${what}.`);
	}
}

/** Members that every field takes. */
const manners = ["count", "batch", "duplicate", "shuffle"] as const;

interface MemberKind {
	fits(value: unknown): boolean;
	what: string;
}

const text: MemberKind = {
	fits: (value) => typeof value === "string" && value.trim() !== "",
	what: "a non-empty string",
};
const yes: MemberKind = { fits: (value) => value === true, what: "a boolean" };
const upTo = (most: number): MemberKind => ({
	fits: (value) =>
		Number.isInteger(value) &&
		(value as number) > 0 &&
		(value as number) <= most,
	what: `an integer from 1 to ${most}`,
});

const kinds: Readonly<Record<string, MemberKind>> = {
	ad: yes,
	album: yes,
	low: yes,
	duplicate: yes,
	shuffle: yes,
	count: upTo(10_000),
	batch: upTo(1000),
};

function knownAccount(
	{ state }: Sandbox,
	accountId: string = sandboxCredentials.igUserId,
): Account {
	const account = state.accounts.get(accountId);
	if (!account)
		throw graphErrors.notOneOf("accountId", state.accounts.keys(), accountId);
	return account;
}

function username(from: string | undefined): string | undefined {
	const name = from?.replace(/^@/, "").toLowerCase();
	if (name !== undefined && !/^[a-z0-9_.]{1,30}$/.test(name))
		throw graphErrors.invalidParameter(
			"Param from must be an Instagram username: letters, digits, _ and ., 30 at most.",
		);
	return name;
}
