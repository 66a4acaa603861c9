import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { defineConfig, type Plugin, type RolldownOptions } from "rolldown";
import { isolatedDeclarationSync } from "rolldown/experimental";

/** What every start reads, in one file: each more takes Node half a millisecond. */
const start = importedAtOnce(join(import.meta.dirname, "src/index.ts"));

/**
 * One bundle, so that an installed igwh is one package beside its store's
 * native one, and starts by reading few files; what a command may not need
 * (prompts, got, localtunnel) becomes chunks of its own.
 */
const program: RolldownOptions = {
	input: "src/index.ts",
	platform: "node",
	external: ["libsql"],
	resolve: { mainFields: ["module", "main"] },
	output: {
		dir: "dist",
		// Node starts CommonJS faster: it reads modules in one go.
		format: "cjs",
		entryFileNames: "[name].cjs",
		chunkFileNames: "[name]-[hash].cjs",
		cleanDir: true,
		minify: true,
		sourcemap: true,
		codeSplitting: {
			groups: [{ name: "start", test: (id) => start.has(id) }],
		},
	},
	plugins: [bundledLicences("LICENSES.txt")],
};

/** `igwh/webhook`: nothing of Node's in it, so that every runtime takes it. */
const webhook = library("webhook", "neutral");

/** `igwh/sandbox`: what it needs beside itself becomes chunks. */
const sandbox = library("sandbox", "node");

export default defineConfig([program, webhook, sandbox]);

/** What other people's code imports. Not minified, to be stepped through. */
function library(name: string, platform: "neutral" | "node"): RolldownOptions {
	return {
		input: { [name]: `src/library/${name}.ts` },
		platform,
		resolve: { mainFields: ["module", "main"] },
		output: {
			dir: "dist/library",
			format: "esm",
			entryFileNames: "[name].js",
			chunkFileNames: `${name}-[name]-[hash].js`,
		},
		plugins: [
			bundledLicences(`${name}.LICENSES.txt`),
			declarations(`library/${name}.ts`),
			seedSchema(),
		],
	};
}

/** For editors and checkers of the files that `igwh sandbox --seed` takes. */
function seedSchema(): Plugin {
	const path = "src/sandbox/simulation/sandbox-seed.schema.json";
	return {
		name: "seed-schema",
		generateBundle() {
			this.emitFile({
				type: "asset",
				fileName: basename(path),
				source: readFileSync(join(import.meta.dirname, path), "utf8"),
			});
		},
	};
}

/** The types of a file of the source, and of all that they mention. */
function declarations(entry: string): Plugin {
	return {
		name: "declarations",
		generateBundle() {
			const emitted = new Set<string>();
			const emit = (path: string) => {
				if (emitted.has(path)) return;
				emitted.add(path);
				const code = declarationOf(path);
				for (const [, target] of code.matchAll(/from "(\.[^"]+)"/g))
					emit(join(dirname(path), target as string));
				this.emitFile({
					type: "asset",
					fileName: `types/${path.replace(/\.ts$/, ".d.ts")}`,
					source: code.replaceAll(/(from "\.[^"]+)\.ts"/g, '$1.js"'),
				});
			};
			emit(entry);
		},
	};
}

function declarationOf(path: string): string {
	const source = readFileSync(join(import.meta.dirname, "src", path), "utf8");
	const { code, errors } = isolatedDeclarationSync(path, source);
	if (errors.length > 0)
		throw new Error(
			errors.map(({ message }) => `${path}: ${message}`).join("\n"),
		);
	return code;
}

/** Every package in the bundle keeps its licence beside it. */
function bundledLicences(fileName: string): Plugin {
	return {
		name: "bundled-licences",
		generateBundle(_, bundle) {
			const folders = Object.values(bundle)
				.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
				.flatMap(
					(id) =>
						id.match(/^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/)?.[0] ??
						[],
				);
			this.emitFile({
				type: "asset",
				fileName,
				source: [...new Set(folders)].sort().map(licenceOf).join("\n\n"),
			});
		},
	};
}

function licenceOf(folder: string): string {
	const { name, version, license } = JSON.parse(
		readFileSync(join(folder, "package.json"), "utf8"),
	);
	const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
	const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
	return `${name} ${version} (${license})\n\n${text}`.trim();
}

/** A file of the source with all that it imports, and they import, other than lazily. */
function importedAtOnce(path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	const statement = /^(?:import|export)\s(?!type\b)[^;"]*?from\s+"(\.[^"]+)"/gm;
	for (const [, target] of readFileSync(path, "utf8").matchAll(statement))
		importedAtOnce(join(dirname(path), target as string), found);
	return found;
}
