import { expect, test } from "vitest";
import {
	deliveryTimeoutMs,
	isSuccess,
	retryWaits,
} from "../../src/webhook/meta-retries.ts";

test("an attempt follows at once, then others for 36 hours, less and less often", () => {
	const minutes = retryWaits.map((wait) => wait / 60_000);
	expect(minutes).toEqual([0, 1, 5, 15, 60, 180, 360, 720, 720]);
	expect(deliveryTimeoutMs).toBe(5000);
});

test.each([
	[199, false],
	[200, true],
	[299, true],
	[300, false],
	[500, false],
])("an answer of %i is taken: %s", (status, success) => {
	expect(isSuccess(status)).toBe(success);
});
