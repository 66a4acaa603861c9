import { describe, expect, test } from "vitest";
import { receiverWith } from "./broken-receiver.ts";
import { unusualReceivers } from "./unusual-receivers.ts";
import { verifyReceiver } from "./verify-receiver.ts";

describe.each(unusualReceivers)(
	"a receiver that $name",
	({ parts, fail = [], warn = [], cause, never }) => {
		test("is not accused of something else", async () => {
			const seen = await verifyReceiver(() => receiverWith(parts));
			expect(seen.fail.toSorted()).toEqual(fail.toSorted());
			expect(seen.warn.toSorted()).toEqual(warn.toSorted());
			expect(seen.causes[0]?.id).toBe(cause);
			expect(seen.code).toBe(fail.length > 0 ? 3 : 0);
			if (never) expect(await seen.shown()).not.toMatch(never);
		});
	},
);
