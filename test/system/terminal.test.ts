import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemTerminal } from "../../src/system/terminal.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** A terminal that takes nothing. */
function blocked() {
	const stream = new Writable({ write: () => {} });
	return Object.assign(stream, { isTTY: true, columns: 80 });
}

test.each([
	["notes", (terminal: ReturnType<typeof systemTerminal>) => terminal.note],
	[
		"progress",
		(terminal: ReturnType<typeof systemTerminal>) => terminal.progress,
	],
])(
	"of %s no more than a megabyte waits for a stderr that is not read",
	(_, of) => {
		const stderr = blocked();
		const say = of(
			systemTerminal({
				env: {},
				stdin: {},
				stdout: blocked(),
				stderr,
			} as unknown as NodeJS.Process),
		);
		for (let line = 0; line < 30_000; line++) {
			vi.setSystemTime(Date.now() + 1000);
			say("x".repeat(79));
		}
		expect(stderr.writableLength).toBeGreaterThan(1024 * 1024);
		expect(stderr.writableLength).toBeLessThan(1024 * 1024 + 200);
	},
);
