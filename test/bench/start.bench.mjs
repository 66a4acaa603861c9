import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How long whole processes take beside a bare Node, in rounds in turns: the
 * machine's noise meets all of them. `npm run bench:start -- 40` for 40 rounds.
 */
const rounds = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), "igwh-bench-"));
const igwh = join(import.meta.dirname, "../../bin/igwh.js");
const commander = join(import.meta.dirname, "commander-only.mjs");
writeFileSync(join(folder, ".env"), "IGWH_SANDBOX=1\n");

const programs = {
	"node -e 0": ["-e", "0"],
	"a file that imports commander": [commander],
	"igwh --version": [igwh, "--version"],
	"igwh --help": [igwh, "--help"],
	"igwh events": [igwh, "events"],
	"igwh replay mentions (refused)": [
		...[igwh, "replay", "mentions", "--to", "http://127.0.0.1:9/webhook"],
	],
	"igwh lookup": [igwh, "lookup"],
};

try {
	const times = Object.fromEntries(
		Object.keys(programs).map((name) => [name, []]),
	);
	for (let round = -2; round < rounds; round++)
		for (const [name, argv] of Object.entries(programs)) {
			const milliseconds = timed(argv);
			// The first rounds fill the caches.
			if (round >= 0) times[name].push(milliseconds);
		}
	const bare = summary(times["node -e 0"]);
	console.log(`${rounds} rounds, milliseconds; × is beside node -e 0`);
	for (const [name, all] of Object.entries(times)) {
		const { least, median } = summary(all);
		console.log(
			`${name.padEnd(32)} least ${least.toFixed(0).padStart(4)}  × ${(least / bare.least).toFixed(2)}   median ${median.toFixed(0).padStart(4)}  × ${(median / bare.median).toFixed(2)}`,
		);
	}
} finally {
	rmSync(folder, { recursive: true });
}

function timed(argv) {
	const start = performance.now();
	spawnSync(process.execPath, argv, { cwd: folder, stdio: "ignore" });
	return performance.now() - start;
}

function summary(all) {
	const sorted = all.toSorted((a, b) => a - b);
	return { least: sorted[0], median: sorted[Math.floor(sorted.length / 2)] };
}
