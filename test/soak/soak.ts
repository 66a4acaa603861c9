import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Scenario } from "./scenario.ts";

/** The longest limit of either program that an idle connection can meet is Node's 60 s for headers. */
const silenceMs = 70_000;
/** All of them take two minutes at most. */
const scenarioMs = 100_000;

/** Programs that all start at the same moment would measure the machine. */
const apartMs = 1000;

const { values } = parseArgs({
	options: {
		only: { type: "string", multiple: true },
		hours: { type: "string" },
	},
});
const stretchMs = Number(values.hours ?? 0) * 3_600_000;
const until = performance.now() + stretchMs;
const names = await scenarioNames();
const unknown = (values.only ?? []).filter((name) => !names.includes(name));
if (unknown.length > 0 || Number.isNaN(stretchMs)) {
	console.error(`soak: no such scenario; there are: ${names.join(", ")}`);
	process.exit(2);
}
const results = await Promise.all((values.only ?? names).map(repeat));
process.exit(results.every(Boolean) ? 0 : 1);

async function scenarioNames(): Promise<string[]> {
	const files = await readdir(join(import.meta.dirname, "scenarios"));
	return files.map((file) => file.replace(/\.ts$/, "")).sort();
}

/** Once; with `--hours` until they are over. */
async function repeat(name: string, place: number): Promise<boolean> {
	await sleep(place * apartMs);
	let ok: boolean;
	do ok = await run(name);
	while (ok && performance.now() < until);
	return ok;
}

async function run(name: string): Promise<boolean> {
	const { scenario } = (await import(
		pathToFileURL(join(import.meta.dirname, "dist", `${name}.js`)).href
	)) as {
		scenario: Scenario;
	};
	const folder = await mkdtemp(join(tmpdir(), `igwh-soak-${name}-`));
	const steps: (() => unknown)[] = [];
	const began = performance.now();
	const report = (sign: string, text: string) => {
		const seconds = Math.round((performance.now() - began) / 1000);
		console.log(`${sign} ${name.padEnd(24)} ${seconds} s  ${text}`);
	};
	try {
		const measured = await Promise.race([
			scenario({
				folder,
				silenceMs: Math.max(silenceMs, stretchMs),
				afterwards: (step) => steps.unshift(step),
			}),
			late(scenarioMs + stretchMs),
		]);
		report("✓", measured);
		return true;
	} catch (error) {
		report("✗", error instanceof Error ? error.message : String(error));
		return false;
	} finally {
		for (const step of steps) await step();
		await rm(folder, { recursive: true, force: true });
	}
}

async function late(milliseconds: number): Promise<never> {
	await sleep(milliseconds, undefined, { ref: false });
	throw new Error(`not over after ${milliseconds / 1000} s`);
}
