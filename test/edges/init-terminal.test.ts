import { execFileSync } from "node:child_process";
import {
	mkdtemp,
	readdir,
	readFile,
	rm,
	stat,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
	practiceTokens,
	sandboxCredentials,
} from "../../src/sandbox/credentials.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { systemWorld } from "../../src/system/system-world.ts";
import { keys, openScreen, type Screen } from "../support/screen.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
// Longer than the patience with a screen, whose failure says more.
vi.setConfig({ testTimeout: 60_000 });

const { appId, appSecret } = sandboxCredentials;
const foreign = "# mine\nexport OTHER='1' # kept\n";

const open: (() => Promise<void> | void)[] = [];
let folder: string;
let graphUrl: string;

beforeEach(async () => {
	const world = systemWorld();
	const sandbox = createSandbox(world);
	const server = await world.network.serve(sandbox.handler, {
		port: 0,
		maxBodyBytes: 1 << 20,
	});
	graphUrl = server.url;
	folder = await mkdtemp(join(tmpdir(), "igwh-test-"));
	execFileSync("git", ["init", "--quiet", folder]);
	await writeFile(join(folder, ".env"), foreign, { mode: 0o644 });
	open.push(
		() => rm(folder, { recursive: true }),
		() => server.close(),
		() => sandbox.close(),
	);
});

afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

function start(): Screen {
	const screen = openScreen(
		process.execPath,
		[
			program,
			"init",
			"--dotenv",
			join(folder, ".env"),
			"--graph-url",
			graphUrl,
		],
		{ PATH: process.env.PATH ?? "", TERM: "xterm-256color" },
	);
	open.push(screen.kill);
	return screen;
}

/** Each question with what is typed as its answer. */
const steps: readonly [question: string, typed: string][] = [
	["App ID:", appId + keys.enter],
	["App secret:", appSecret + keys.enter],
	["Access token:", practiceTokens.shortLived + keys.enter],
	["Which page?", keys.down + keys.enter],
	["Verify token:", keys.enter],
	["git does not ignore", `y${keys.enter}`],
];

async function answer(screen: Screen, count: number): Promise<void> {
	for (const [question, typed] of steps.slice(0, count)) {
		await screen.shows(question);
		screen.type(typed);
	}
	const [next] = steps[count] ?? [];
	if (next) await screen.shows(next);
}

test("five questions, and the env file is written", async () => {
	const screen = start();
	await answer(screen, steps.length);
	expect(await screen.ended).toBe(0);
	expect(screen.text()).toContain("✓ page 2043861125870917, Slow Morning,");
	for (const secret of [appSecret, practiceTokens.shortLived])
		expect(screen.text()).not.toContain(secret);
	const path = join(folder, ".env");
	const text = await readFile(path, "utf8");
	expect(text.startsWith(foreign)).toBe(true);
	expect(text).toMatch(/^IGWH_VERIFY_TOKEN=[\w-]{32}$/m);
	expect(text).toContain("\nIGWH_PAGE_ID=2043861125870917\n");
	expect((await stat(path)).mode & 0o777).toBe(0o600);
	expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe("/.env\n");
});

test.each(steps.map(([question], index) => [question, index] as const))(
	"Ctrl-C at %s leaves everything as it was",
	async (_, count) => {
		const screen = start();
		await answer(screen, count);
		screen.type(keys.ctrlC);
		expect(await screen.ended).toBe(130);
		expect((await readdir(folder)).sort()).toEqual([".env", ".git"]);
		expect(await readFile(join(folder, ".env"), "utf8")).toBe(foreign);
	},
);

test("again: nothing is asked but what to change", async () => {
	const first = start();
	await answer(first, steps.length);
	expect(await first.ended).toBe(0);
	const before = await readFile(join(folder, ".env"), "utf8");
	const again = start();
	await again.shows("What do you want to change?");
	again.type(keys.enter);
	expect(await again.ended).toBe(0);
	expect(again.text()).toContain("IGWH_APP_SECRET  …b0c5");
	expect(await readFile(join(folder, ".env"), "utf8")).toBe(before);
});
