import { statSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Those that `npm run mutate -- --tests=` names. */
const named = process.env.MUTATION_TESTS?.split(",").map((path) =>
	statSync(path).isDirectory() ? `${path}/**/*.test.ts` : path,
);

/** The tests that run in memory; those with sockets and spawned programs are too slow to repeat for each mutant. */
export default defineConfig({
	test: {
		include: named ?? ["test/**/*.test.ts"],
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
