import { defineConfig } from "rolldown";

/** The bench's two programs; what npm installed stays outside. */
export default defineConfig({
	input: [
		"test/bench/bench.ts",
		"test/bench/server.ts",
		"test/bench/history.ts",
	],
	platform: "node",
	external: /^[^./]/,
	output: { dir: "test/bench/dist", format: "esm", cleanDir: true },
});
