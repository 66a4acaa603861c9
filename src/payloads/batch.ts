import { asArray, asRecord } from "../webhook/delivery.ts";
import type { Payload } from "./fixture.ts";

/**
 * A payload whose changes are repeated up to `count` in one POST, one an entry,
 * as when Meta aggregates. Each copy tells of another thing: its ids, message
 * ids and timestamps differ, so that no receiver may take it for a duplicate.
 * The account stays, and the first copy is the payload itself.
 */
export function batchOf({ json, value }: Payload, count: number): Payload {
	const entries = asArray(value.entry).flatMap(singleEntries);
	if (entries.length === 0) return { json, value };
	const entry = Array.from({ length: count }, (_, index) =>
		copyOf(
			entries[index % entries.length] as Entry,
			Math.floor(index / entries.length),
		),
	);
	const batch = { ...value, entry };
	return { json: JSON.stringify(batch), value: batch };
}

type Entry = Record<string, unknown>;

const containers = ["changes", "messaging", "standby"];

/** An entry of several changes as entries of one each; one without a list is one change. */
function singleEntries(entry: unknown): Entry[] {
	const parts = Object.entries(asRecord(entry));
	const own = parts.filter(([name]) => !containers.includes(name));
	const lists = parts.filter(([name]) => containers.includes(name));
	return lists.length === 0
		? [Object.fromEntries(own)]
		: lists.flatMap(([name, changes]) =>
				asArray(changes).map((change) =>
					Object.fromEntries([...own, [name, [change]]]),
				),
			);
}

/** Wide enough that ids which are neighbours do not meet in later copies. */
const idStep = 1_000_003n;

function copyOf(entry: Entry, copy: number): Entry {
	if (copy === 0) return entry;
	return JSON.parse(JSON.stringify(entry), (key, value) => {
		if (key === "timestamp" && typeof value === "number") return value + copy;
		if (typeof value !== "string" || value === entry.id) return value;
		if (key === "mid") return `${value}-${copy}`;
		return /^\d{17}$/.test(value)
			? String(BigInt(value) + BigInt(copy) * idStep)
			: value;
	});
}
