import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keys, openScreen, type Screen } from "../support/screen.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
// Longer than the patience with a screen, whose failure says more.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let screen: Screen | undefined;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "igwh-test-"));
});

afterEach(async () => {
	screen?.kill();
	await rm(folder, { recursive: true });
});

/** Shows the settings, where a command prints the app secret. */
async function start(command: string): Promise<Screen> {
	const envFile = join(folder, ".env");
	await writeFile(envFile, `IGWH_APP_SECRET_COMMAND='${command}'\n`);
	screen = openScreen(
		process.execPath,
		[program, "config", "--run-commands", "--dotenv", envFile],
		{ PATH: process.env.PATH ?? "", TERM: "xterm-256color" },
	);
	return screen;
}

test("the command may ask at the terminal", async () => {
	const asking = await start(
		"printf passphrase: >/dev/tty; read answer </dev/tty; echo 0123456789$answer",
	);
	await asking.shows("passphrase:");
	asking.type(`wxyz${keys.enter}`);
	await asking.shows("IGWH_APP_SECRET            …wxyz");
	expect(await asking.ended).toBe(0);
	expect(asking.text()).not.toContain("0123456789");
});

test("Ctrl-C ends the command and igwh", async () => {
	// One process from the start: a shell that dies while it starts another one
	// would leave that one behind.
	const hanging = await start("echo it hangs >/dev/tty; exec sleep 60");
	await hanging.shows("it hangs");
	hanging.type(keys.ctrlC);
	expect(await hanging.ended).toBe(130);
});
