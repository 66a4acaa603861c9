import { expect, test } from "vitest";
import { graphWaitsMs, waitBefore } from "../src/retry-waits.ts";

test("waits grow, and the last one repeats", () => {
	expect([0, 1, 2, 3, 9].map((n) => waitBefore(n, graphWaitsMs))).toEqual([
		1000, 5000, 30_000, 30_000, 30_000,
	]);
	expect(waitBefore(3, [])).toBe(0);
});
