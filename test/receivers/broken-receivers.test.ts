import { describe, expect, test } from "vitest";
import { receiverWith } from "./broken-receiver.ts";
import {
	brokenDeliveries,
	brokenHandshakes,
	brokenSignatures,
} from "./broken-receivers.ts";
import { verifyReceiver } from "./verify-receiver.ts";

test("the receiver all of them are made of has no fault", async () => {
	expect(await verifyReceiver(() => receiverWith({}))).toMatchObject({
		code: 0,
		fail: [],
		warn: [],
		causes: [],
	});
});

const zoo = [...brokenHandshakes, ...brokenSignatures, ...brokenDeliveries];

describe.each(zoo)(
	"a receiver that $name",
	({ check, also = [], cause, start }) => {
		test(`is caught by ${check}`, async () => {
			const { code, fail, causes } = await verifyReceiver(start);
			expect(code).toBe(3);
			expect(fail.toSorted()).toEqual([check, ...also].toSorted());
			expect(causes[0]?.id).toBe(cause);
		});
	},
);
