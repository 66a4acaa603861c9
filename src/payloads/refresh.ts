import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import { jsonValue, mapScalars } from "../webhook/json-text.ts";

/** Above it a time counts milliseconds, as in messaging; below it seconds. */
const leastMilliseconds = 1e11;

/**
 * Moves every time of a payload so that the latest is now; what lay between
 * them stays.
 * @param now milliseconds since 1970
 */
export function withFreshTimes(json: string, now: number): string {
	let latest = Number.NEGATIVE_INFINITY;
	mapTimes(json, (time) => {
		latest = Math.max(latest, time);
		return undefined;
	});
	const shift = now - latest;
	return mapTimes(json, (time) => time + shift);
}

/** Every `time` and `timestamp`, read and written in milliseconds. */
function mapTimes(
	json: string,
	change: (milliseconds: number) => number | undefined,
): string {
	return mapScalars(json, ({ key, kind, text }) => {
		if (!/^time(stamp)?$/.test(key) || !/^\d+$/.test(text)) return undefined;
		const unit = Number(text) >= leastMilliseconds ? 1 : 1000;
		const changed = change(Number(text) * unit);
		if (changed === undefined) return undefined;
		const written = String(Math.floor(changed / unit));
		return kind === "string" ? JSON.stringify(written) : written;
	});
}

const leastId = 10n ** 16n;
const ids = 9n * leastId;

/**
 * Gives everything but the accounts another id, the same for the same, so that
 * no receiver takes the payload for one it has.
 * @param shift any number, another for each payload
 */
export function withFreshIds(json: string, shift: bigint): string {
	const { entry } = asRecord(jsonValue(json));
	const accounts = new Set(
		asArray(entry).map((one) => asString(asRecord(one).id)),
	);
	return mapScalars(json, ({ key, kind, text }) => {
		if (kind !== "string" || accounts.has(text)) return undefined;
		if (key === "mid") return JSON.stringify(`${text}-${shift.toString(36)}`);
		return /^[1-9]\d{16}$/.test(text)
			? `"${((BigInt(text) - leastId + shift) % ids) + leastId}"`
			: undefined;
	});
}
