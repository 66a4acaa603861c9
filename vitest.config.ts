import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// No test leaves anything behind, so files may share a process: three times as fast.
		isolate: false,
		// Tests at the edges wait for sockets and programs: more of them than
		// processors, side by side, take half the time.
		maxWorkers: 3,
		// A guard against what hangs, wide enough for a machine that is busy.
		testTimeout: 60_000,
	},
});
