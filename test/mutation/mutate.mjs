import { statSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";

/** Where a wrong byte or a forgotten case costs most. */
const usual = [
	"src/webhook",
	"src/receiver",
	"src/store",
	"src/graph",
	"src/callback",
	"src/mentions",
];

/**
 * npm run mutate -- [file or folder…] [--tests=<folder or file>,…]
 *
 * With all tests a folder takes hours, for the flows reach every line; `--tests`
 * names those that are to notice.
 */
const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const tests = flags.find((flag) => flag.startsWith("--tests="));
if (tests) process.env.MUTATION_TESTS = tests.slice("--tests=".length);
const wanted = (asked.length > 0 ? asked : usual).filter(
	(path) => asked.length > 0 || statSync(path, { throwIfNoEntry: false }),
);

await new Stryker({
	mutate: wanted.map((path) =>
		path.endsWith(".ts") ? path : `${path.replace(/\/$/, "")}/**/*.ts`,
	),
	testRunner: "vitest",
	vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
	plugins: ["@stryker-mutator/vitest-runner"],
	coverageAnalysis: "perTest",
	concurrency: Number(process.env.MUTATION_CONCURRENCY) || 2,
	tempDirName: ".mutation/tmp",
	ignorePatterns: [".mutation", "dist", "*.tgz"],
	// What was measured with some tests says nothing about others.
	incremental: !tests,
	incrementalFile: ".mutation/incremental.json",
	reporters: ["clear-text", "json", "progress-append-only"],
	jsonReporter: { fileName: ".mutation/report.json" },
	clearTextReporter: { allowColor: false, reportTests: false },
	timeoutMS: 10_000,
	// TypeScript 7 has no API that could rewrite it, and nothing here needs it.
	tsconfigFile: "none",
}).runMutationTest();
