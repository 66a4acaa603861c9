import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keys, openScreen, type Screen } from "../support/screen.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
// Longer than the patience with a screen, whose failure says more.
vi.setConfig({ testTimeout: 60_000 });

let home: string;
const open: (() => unknown)[] = [];

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-terminal-"));
});

afterEach(async () => {
	for (const close of open.splice(0)) await close();
	await rm(home, { recursive: true, force: true });
});

const env = () => ({
	PATH: process.env.PATH ?? "",
	TERM: "xterm-256color",
	IGWH_HOME: home,
	IGWH_APP_SECRET: "app-secret-of-the-terminal-test",
	IGWH_VERIFY_TOKEN: "verify-token-of-the-terminal-test",
});

const igwh = (command: string) =>
	`"${process.execPath}" "${program}" ${command}`;

/** Runs a script of a shell at a terminal, which says afterwards how it left it. */
function run(script: string): Screen {
	const screen = openScreen(
		"/bin/sh",
		[
			"-c",
			`trap : INT; ${script}; echo "code $?"; stty -a | grep -oE -- '-?(echo|icanon|isig) '`,
		],
		env(),
	);
	open.push(screen.kill);
	return screen;
}

const listen = (flags = "") =>
	run(igwh(`listen --no-tunnel --port 0 ${flags}`));

/** The port that the listener on a screen took. */
const portOf = (screen: Screen) =>
	/127\.0\.0\.1:(\d+)\/webhook/.exec(screen.text())?.[1] ?? "";

const keyLine = "↑↓ select · r replay · d details · f failures only · p pause";

/** The terminal echoes, edits lines, and makes signals. */
async function isRestored(screen: Screen, code: number): Promise<void> {
	await screen.shows(`code ${code}`);
	await screen.ended;
	expect(screen.text()).toMatch(/^isig $\n^icanon $\n^echo/m);
}

async function send(screen: Screen, command = "replay mentions") {
	const sender = openScreen(
		"/bin/sh",
		["-c", igwh(`${command} --to http://127.0.0.1:${portOf(screen)}/webhook`)],
		env(),
	);
	open.push(sender.kill);
	await sender.ended;
}

test("keys work, what else is typed does not show, q leaves the terminal as it was", async () => {
	let asked = 0;
	const app = http.createServer((request, response) => {
		request.resume();
		response.statusCode = asked++ === 0 ? 500 : 200;
		response.end("boom");
	});
	await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
	open.push(() => app.close());
	const { port } = app.address() as AddressInfo;
	const screen = listen(`--forward ${port}`);
	await screen.shows(keyLine);
	await send(screen);
	await screen.shows("the receiver failed: boom");
	screen.type("zzz\u001b[5~hello?r");
	await screen.shows("↻ d1 replayed  → 200");
	screen.type("d");
	await screen.shows("POST /webhook");
	screen.type("q");
	await isRestored(screen, 0);
	expect(screen.text()).toContain("Received 1 delivery in");
	expect(screen.text()).not.toMatch(/zzz|\?r|\^\[/);
	expect(screen.text()).not.toContain(keyLine);
});

test("a slow app's delivery is pending, and its answer completes the line", async () => {
	let answer = () => {};
	const app = http.createServer((request, response) => {
		request.resume();
		answer = () => response.end();
	});
	await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
	open.push(() => app.close());
	const { port } = app.address() as AddressInfo;
	const screen = listen(`--forward ${port}`);
	await screen.shows(keyLine);
	const sent = send(screen);
	await screen.shows(`→ :${port} …`);
	answer();
	await screen.shows("→ 200");
	await screen.lost(`→ :${port} …`);
	await sent;
	await screen.shows(keyLine);
	expect(screen.text().match(/ d1 /g)).toHaveLength(1);
	screen.type(keys.ctrlC);
	await isRestored(screen, 130);
});

test("Ctrl-C interrupts, and leaves no mark of its own", async () => {
	const screen = listen();
	await screen.shows(keyLine);
	screen.type(keys.ctrlC);
	await isRestored(screen, 130);
	expect(screen.text()).toMatch(/^Received 0 deliveries in \d+ s\ncode 130/m);
});

test("a terminal that echoes ^C gets the end on a line of its own", async () => {
	const screen = run(
		`${igwh("listen --no-tunnel --port 0")} | (trap "" INT; cat)`,
	);
	await screen.shows("Listening");
	screen.type(keys.ctrlC);
	await screen.shows("Received 0");
	expect(screen.text()).toMatch(/^\^C\nReceived 0 deliveries/m);
});

test("SIGTERM leaves the terminal as it was", async () => {
	const screen = run(
		`sh -c 'echo $$ > "${join("$IGWH_HOME", "pid")}"; exec ${igwh("listen --no-tunnel --port 0")}'`,
	);
	await screen.shows(keyLine);
	await run(`kill "$(cat "$IGWH_HOME/pid")"`).ended;
	await isRestored(screen, 130);
});

test("Ctrl-Z stops it with a terminal for the shell; it reads keys again afterwards", async () => {
	const screen = run(
		`set -m; ${igwh("listen --no-tunnel --port 0")}; echo "stopped $?"; stty -a | grep -oE -- '-?icanon '; fg`,
	);
	await screen.shows(keyLine);
	screen.type("\u001a");
	await screen.shows("stopped");
	await screen.shows("\nicanon");
	screen.type("d");
	await screen.shows("no delivery yet");
	screen.type("q");
	await isRestored(screen, 0);
});

test("in the background it leaves the terminal alone", async () => {
	const screen = run(
		`set -m; ${igwh("listen --no-tunnel --port 0 --timeout 300ms")} & wait $!`,
	);
	await isRestored(screen, 0);
	expect(screen.text()).not.toContain(keyLine);
});
