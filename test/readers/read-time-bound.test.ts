import { expect, test } from "vitest";
import { readTimeBound, timeOf } from "../../src/readers/read-time-bound.ts";

const now = Date.UTC(2026, 10, 21, 9, 30);

test.each([
	["2h", now - 7_200_000],
	["2w", now - 1_209_600_000],
	["2026-11-20", Date.UTC(2026, 10, 20)],
	["2026-11-20T08:00:00Z", Date.UTC(2026, 10, 20, 8)],
	["2026-11-20T08:00:00+01:00", Date.UTC(2026, 10, 20, 7)],
	["2026-13-40", undefined],
	["2026-11-20 or so", undefined],
	["soon", undefined],
	["", undefined],
])("%s", (text, time) => {
	const moment = readTimeBound(text);
	expect(moment && timeOf(moment, now)).toBe(time);
});

test("a time without an offset is UTC, wherever the machine is", () => {
	const zone = process.env.TZ;
	process.env.TZ = "Asia/Seoul";
	expect(readTimeBound("2026-11-24T03:40")).toEqual({
		at: Date.UTC(2026, 10, 24, 3, 40),
	});
	expect(readTimeBound("2026-11-24T03:40+09:00")).toEqual({
		at: Date.UTC(2026, 10, 23, 18, 40),
	});
	expect(readTimeBound("2026-11-24")).toEqual({ at: Date.UTC(2026, 10, 24) });
	expect(readTimeBound("2026-11-24Z")).toBeUndefined();
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});
