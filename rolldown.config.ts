import { defineConfig } from "rolldown";

/**
 * One bundle, so that an installed igwh is one package beside its store's
 * native one, and starts by reading few files; what a command may not need
 * (prompts, got, localtunnel) becomes chunks of its own.
 */
export default defineConfig({
	input: "src/index.ts",
	platform: "node",
	external: ["libsql"],
	resolve: { mainFields: ["module", "main"] },
	output: {
		dir: "dist",
		format: "esm",
		cleanDir: true,
		comments: { legal: true },
	},
});
