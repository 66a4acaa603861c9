import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// No test leaves anything behind, so files may share a process: three times as fast.
		isolate: false,
		// A guard against what hangs, wide enough for a machine that is busy.
		testTimeout: 60_000,
	},
});
