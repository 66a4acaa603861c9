import { expect, test } from "vitest";
import { checkIds } from "../../src/checks/receiver/check-ids.ts";
import { checks } from "../../src/checks/receiver/checks.ts";

test("every name stands for one check, in the order they run", () => {
	expect(checks.map(({ id }) => id)).toEqual(checkIds);
});
