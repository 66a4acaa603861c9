import { asRecord } from "../webhook/delivery.ts";
import {
	childrenOf,
	jsonValue,
	readScalars,
	textAt,
	withValue,
} from "../webhook/json-text.ts";

/**
 * A payload whose changes are repeated up to `count` in one POST, one per entry,
 * as when Meta aggregates. Each copy is another event: its ids, message ids and
 * timestamps differ, so that it is no duplicate. The account stays, and the
 * first copy is the payload itself. Everything else stays as written.
 */
export function batchOf(json: string, count: number): string {
	const entries = elementsOf(textAt(json, ["entry"]) ?? "[]").flatMap(
		singleEntries,
	);
	if (entries.length === 0) return json;
	const copies = Array.from({ length: count }, (_, index) =>
		copyOf(
			entries[index % entries.length] as string,
			Math.floor(index / entries.length),
		),
	);
	return withValue(json, ["entry"], `[${copies.join(",")}]`);
}

const containers = ["changes", "messaging", "standby"];

/** Splits an entry into entries of one change each; one without a list stays one. */
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

/** Large enough that the copies of neighbouring ids do not collide. */
const idStep = 1_000_003n;

function copyOf(entry: string, copy: number): string {
	if (copy === 0) return entry;
	const account = asRecord(jsonValue(entry)).id;
	return readScalars(entry).fill(({ key, kind, text }) => {
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
