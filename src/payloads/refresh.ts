import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import {
	type JsonScalar,
	jsonValue,
	type ScalarChange,
} from "../webhook/json-text.ts";
import type { ScalarEdit } from "./payload-edits.ts";

/** A larger time counts milliseconds, as in messaging; a smaller one seconds. */
const leastMilliseconds = 1e11;

/**
 * Moves every time of a payload so that the latest is now; the intervals between
 * them stay.
 * @param now in milliseconds since 1970
 */
export function freshTimes(now: () => number): ScalarEdit {
	return {
		prepare: ({ scalars }) => {
			const latest = scalars.reduce(
				(time, scalar) =>
					isTime(scalar)
						? Math.max(time, Number(scalar.text) * unitOf(scalar))
						: time,
				Number.NEGATIVE_INFINITY,
			);
			return () => moveTimes(now() - latest);
		},
	};
}

/** @param shift in milliseconds */
function moveTimes(shift: number): ScalarChange {
	return (scalar) => {
		if (!isTime(scalar)) return undefined;
		const unit = unitOf(scalar);
		const moved = Math.floor((Number(scalar.text) * unit + shift) / unit);
		return scalar.kind === "string" ? `"${moved}"` : String(moved);
	};
}

function isTime({ key, text }: JsonScalar): boolean {
	return /^time(stamp)?$/.test(key) && /^\d+$/.test(text);
}

/** How many milliseconds a time counts in. */
function unitOf({ text }: JsonScalar): number {
	return Number(text) >= leastMilliseconds ? 1 : 1000;
}

const leastId = 10n ** 16n;
const ids = 9n * leastId;

/**
 * Gives everything but the accounts another id, equal ids the same one, so that
 * no receiver takes the payload for one that it has.
 * @param nextShift any number, another for each delivery
 */
export function freshIds(nextShift: () => bigint): ScalarEdit {
	return {
		prepare: ({ text }) => {
			const { entry } = asRecord(jsonValue(text));
			const accounts = new Set(
				asArray(entry).map((one) => asString(asRecord(one).id)),
			);
			return () => shiftIds(nextShift(), accounts);
		},
	};
}

function shiftIds(shift: bigint, accounts: ReadonlySet<string>): ScalarChange {
	return ({ key, kind, text }) => {
		if (kind !== "string" || accounts.has(text)) return undefined;
		if (key === "mid") return JSON.stringify(`${text}-${shift.toString(36)}`);
		return /^[1-9]\d{16}$/.test(text)
			? `"${((BigInt(text) - leastId + shift) % ids) + leastId}"`
			: undefined;
	};
}
