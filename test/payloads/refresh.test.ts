import { expect, test } from "vitest";
import { editPayload } from "../../src/payloads/payload-edits.ts";
import { freshIds, freshTimes } from "../../src/payloads/refresh.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";
import { fixtureNames, fixtureText } from "../support/vectors.ts";

const now = 1_800_000_000_500;

test.each([
	['{"time": 1520622968}', '{"time": 1800000000}'],
	[
		'{"time": 1760000000123, "timestamp":1760000000001}',
		'{"time": 1800000000500, "timestamp":1800000000378}',
	],
	['{"timestamp": "1527459824"}', '{"timestamp": "1800000000"}'],
	[
		'[{"time": 1760000000}, {"time": 1759999990}]',
		'[{"time": 1800000000}, {"time": 1799999990}]',
	],
	['{"time": "soon", "lifetime": 5}', '{"time": "soon", "lifetime": 5}'],
])("%s", (json, expected) => {
	expect(editPayload(json, [freshTimes(() => now)])()).toBe(expected);
});

const withFreshIds = (json: string, shift: bigint) =>
	editPayload(json, [freshIds(() => shift)])();

const keys = (json: string) =>
	parseDelivery(Buffer.from(json)).changes.map(duplicateKey);
const accounts = (json: string) =>
	parseDelivery(Buffer.from(json)).changes.map(({ accountId }) => accountId);

/** Those whose identity is a time, or a person and a message that stay. */
const plain = fixtureNames.filter((name) =>
	/^(comments|live|mentions|story|messages|message_(echoes|reactions))/.test(
		name,
	),
);

test.each(plain)("%s happens anew, to the same account", (name) => {
	const json = fixtureText(name);
	const fresh = withFreshIds(json, 12_345n);
	expect(accounts(fresh)).toEqual(accounts(json));
	expect(keys(fresh)).not.toEqual(keys(json));
	expect(withFreshIds(json, 12_345n)).toBe(fresh);
	expect(withFreshIds(json, 0n).length).toBeGreaterThanOrEqual(json.length);
});

test("what was the same stays the same, and has 17 digits", () => {
	const json =
		'{"entry":[{"id":"17841405726653026"}],"a":"99999999999999999","b":["99999999999999999","17841405726653026"],"c":"hello"}';
	expect(withFreshIds(json, 1n)).toBe(
		'{"entry":[{"id":"17841405726653026"}],"a":"10000000000000000","b":["10000000000000000","17841405726653026"],"c":"hello"}',
	);
});
