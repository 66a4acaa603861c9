import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { createTheme } from "../../src/cli/theme.ts";
import { widthOf } from "../../src/cli/width.ts";
import { deliveryLine } from "../../src/deliveries/delivery-line.ts";
import type { DeliveryRecord } from "../../src/deliveries/records.ts";

function record(text: string, more: Partial<DeliveryRecord> = {}) {
	const value = { id: "17900000000000001", text, from: { username: "ana" } };
	return {
		type: "delivery",
		id: "d12",
		receivedAt: "2026-11-22T10:00:00.000Z",
		object: "instagram",
		bytes: 338,
		signature: { valid: true },
		duplicateOf: null,
		changes: [
			{
				accountId: "17841400000000001",
				field: "comments",
				time: 1_760_000_000,
				value,
				duplicateOf: null,
			},
		],
		forward: null,
		forwards: [],
		...more,
	} satisfies DeliveryRecord;
}

const forward = { url: "http://127.0.0.1:3000", status: 200, ms: 12 };

test.each([
	["Latin", "a long comment that says more than fits on a line. ".repeat(4)],
	["Japanese", "とても美味しいコーヒーでした。また来ます。".repeat(8)],
	["emoji", "☕👀👑🎉👨‍👩‍👧".repeat(30)],
])("%s text is cut to the width, whatever stands behind it", (_, text) => {
	for (const columns of [101, 110, 200])
		for (const more of [
			{},
			{ duplicateOf: "d1" },
			{ duplicateOf: "d1", forwards: [forward] },
		]) {
			const line = deliveryLine(record(text, more), createTheme(true, columns));
			const plain = stripVTControlCharacters(line);
			expect(plain).toMatch(/….*338 B$/);
			expect(widthOf(plain)).toBeLessThanOrEqual(columns);
			expect(widthOf(plain)).toBeGreaterThan(columns - 4);
		}
});

test("what fits is not cut", () => {
	const line = deliveryLine(record("hi"), createTheme(false, 100));
	expect(line).toBe("10:00:00  d12   ✓ signed  comments       @ana: hi  338 B");
});
