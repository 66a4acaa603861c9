import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { defineConfig } from "rolldown";

const here = "test/soak";
const scenarios = readdirSync(join(here, "scenarios")).map((file) => [
	basename(file, ".ts"),
	join(here, "scenarios", file),
]);

/** The runner, its tunnel server and its scenarios, which run on any Node; what npm installed stays outside. */
export default defineConfig({
	input: {
		...Object.fromEntries(scenarios),
		soak: join(here, "soak.ts"),
		"tunnel-server-process": join(here, "tunnel-server-process.ts"),
	},
	platform: "node",
	external: /^(?![./]).*(?<!\.ts)$/,
	output: { dir: join(here, "dist"), format: "esm", cleanDir: true },
	plugins: [
		{
			name: "every-module-knows-its-own-folder",
			transform: (code, id) =>
				code.replaceAll("import.meta.dirname", JSON.stringify(dirname(id))),
		},
	],
});
