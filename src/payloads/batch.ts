import { asRecord } from "../webhook/delivery.ts";
import {
	childrenOf,
	jsonValue,
	mapScalars,
	textAt,
	withValue,
} from "../webhook/json-text.ts";
import type { Payload } from "./fixture.ts";

/**
 * A payload whose changes are repeated up to `count` in one POST, one an entry,
 * as when Meta aggregates. Each copy tells of another thing: its ids, message
 * ids and timestamps differ, so that no receiver may take it for a duplicate.
 * The account stays, and the first copy is the payload itself. All else keeps
 * its spelling.
 */
export function batchOf({ json, value }: Payload, count: number): Payload {
	const entries = elementsOf(textAt(json, ["entry"]) ?? "[]").flatMap(
		singleEntries,
	);
	if (entries.length === 0) return { json, value };
	const copies = Array.from({ length: count }, (_, index) =>
		copyOf(
			entries[index % entries.length] as string,
			Math.floor(index / entries.length),
		),
	);
	const batch = withValue(json, ["entry"], `[${copies.join(",")}]`);
	return { json: batch, value: asRecord(jsonValue(batch)) };
}

const containers = ["changes", "messaging", "standby"];

/** An entry of several changes as entries of one each; one without a list is one change. */
function singleEntries(entry: string): string[] {
	const parts = entry.startsWith("{") ? childrenOf(entry) : [];
	const own = parts.filter(([name]) => !containers.includes(name));
	const lists = parts.filter(([name]) => containers.includes(name));
	return lists.length === 0
		? [objectOf(own)]
		: lists.flatMap(([name, changes]) =>
				elementsOf(changes).map((change) =>
					objectOf([...own, [name, `[${change}]`]]),
				),
			);
}

function elementsOf(json: string): string[] {
	return json.startsWith("[") ? childrenOf(json).map(([, one]) => one) : [];
}

function objectOf(parts: readonly (readonly [string, string])[]): string {
	return `{${parts.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** Wide enough that ids which are neighbours do not meet in later copies. */
const idStep = 1_000_003n;

function copyOf(entry: string, copy: number): string {
	if (copy === 0) return entry;
	const account = asRecord(jsonValue(entry)).id;
	return mapScalars(entry, ({ key, kind, text }) => {
		if (kind === "number")
			return key === "timestamp" && /^\d+$/.test(text)
				? String(BigInt(text) + BigInt(copy))
				: undefined;
		if (text === account) return undefined;
		if (key === "mid") return JSON.stringify(`${text}-${copy}`);
		return /^\d{17}$/.test(text)
			? `"${BigInt(text) + BigInt(copy) * idStep}"`
			: undefined;
	});
}
