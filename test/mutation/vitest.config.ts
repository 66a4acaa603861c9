import { defineConfig } from "vitest/config";

/** The tests that run in memory; those with sockets and spawned programs are too slow to repeat for each mutant. */
export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: [
			"test/edges/**",
			"test/soak/**",
			"test/sessions/**",
			"test/receivers/correct-receivers.test.ts",
			"test/time-limits/real-time-limits.test.ts",
			"**/node_modules/**",
		],
		isolate: false,
	},
});
