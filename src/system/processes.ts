import { isUtf8 } from "node:buffer";
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { IgwhError } from "../igwh-error.ts";
import type { Finished, Processes, RunOptions } from "../world.ts";

const windows = process.platform === "win32";

/** An opener without a browser fails sooner than this. */
const openingMs = 1500;

/** A program that writes more than this is ended. */
const maxOutputBytes = 1024 * 1024;

/** How long what a program wrote last may take to arrive after its end. */
const lastOutputMs = 200;

export const systemProcesses: Omit<Processes, "capture"> = {
	run,
	edit: (editor, path) =>
		new Promise((resolve, reject) => {
			// The editor may be a command line, such as `code --wait`.
			const child = windows
				? spawn(`${editor} "${path}"`, { shell: true, stdio: "inherit" })
				: spawn("/bin/sh", ["-c", `${editor} "$@"`, editor, path], {
						stdio: "inherit",
					});
			child.on("error", (error) => reject(editorError(editor, error.message)));
			child.on("close", (code) =>
				code === 0
					? resolve()
					: reject(editorError(editor, `it ended with ${code ?? "a signal"}`)),
			);
		}),
	openPage: async (url) => {
		const { default: open } = await import("open");
		const { BROWSER } = process.env;
		const child = await open(
			url,
			BROWSER ? { app: { name: BROWSER } } : undefined,
		).catch(() => undefined);
		return child !== undefined && (await isOpened(child));
	},
};

/**
 * The program gets a process group of its own, so that ending it ends all processes
 * that it started. A process that left the group is not waited for, even if it
 * still holds the output.
 */
function run(
	commandLine: string,
	{ input, timeoutMs, signal }: RunOptions,
): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(commandLine, {
			shell: true,
			detached: !windows,
			stdio: "pipe",
			windowsHide: true,
		});
		let timedOut = false;
		const end = () => endGroup(child);
		const timer = setTimeout(() => {
			timedOut = true;
			end();
		}, timeoutMs);
		signal?.addEventListener("abort", end, { once: true });
		// Where igwh ends at once, its programs do too.
		process.once("exit", end);
		const stdout = gather(child.stdout, end);
		const stderr = gather(child.stderr, end);
		const finish = () => {
			clearTimeout(timer);
			signal?.removeEventListener("abort", end);
			process.removeListener("exit", end);
		};
		child.on("error", (error) => {
			finish();
			reject(error);
		});
		child.on("exit", (code, cause) => {
			end();
			finish();
			const resolveOnce = () => {
				clearTimeout(late);
				child.stdout.destroy();
				child.stderr.destroy();
				const problem = stdout.problem();
				resolve({
					code: code ?? 128 + (cause ? constants.signals[cause] : 0),
					timedOut,
					stdout: stdout.text(),
					stderr: stderr.text(),
					...(problem && { problem }),
				});
			};
			const late = setTimeout(resolveOnce, lastOutputMs);
			child.on("close", resolveOnce);
		});
		// A program may end without reading what it is given.
		child.stdin.on("error", () => {});
		child.stdin.end(input);
		if (signal?.aborted) end();
	});
}

function gather(stream: NodeJS.ReadableStream, tooMuch: () => void) {
	const chunks: Buffer[] = [];
	let size = 0;
	stream.on("data", (chunk: Buffer) => {
		size += chunk.length;
		if (size > maxOutputBytes) tooMuch();
		else chunks.push(chunk);
	});
	return {
		text: () => Buffer.concat(chunks).toString("utf8"),
		problem: () => {
			if (size > maxOutputBytes)
				return `its output is longer than ${maxOutputBytes} bytes`;
			return isText(Buffer.concat(chunks))
				? undefined
				: "its output is not text in UTF-8";
		},
	};
}

function isText(bytes: Uint8Array): boolean {
	return (
		isUtf8(bytes) && !bytes.some((byte) => byte < 0x20 && !white.has(byte))
	);
}

/** Tab, line feed, carriage return. */
const white = new Set([0x09, 0x0a, 0x0d]);

function endGroup(child: ChildProcess): void {
	try {
		if (windows || child.pid === undefined) child.kill();
		else process.kill(-child.pid, "SIGKILL");
	} catch {
		// It has ended by itself.
	}
}

/** A browser that stays in the foreground has opened the page as well. */
function isOpened(child: ChildProcess): Promise<boolean> {
	return new Promise((resolve) => {
		child.on("error", () => resolve(false));
		child.on("close", (code) => resolve(code === 0));
		setTimeout(() => resolve(true), openingMs).unref();
	});
}

function editorError(editor: string, problem: string): IgwhError {
	return new IgwhError(
		"input",
		`the editor ${editor} failed: ${problem}`,
		"set EDITOR to another editor",
	);
}
