import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Keyboard } from "../world.ts";

type Process = Pick<NodeJS.Process, "stdin" | "kill" | "pid" | "platform">;

/**
 * The keys of the terminal, one by one and without echo. In raw mode
 * Ctrl-C, Ctrl-Z and Ctrl-\ send no signals: they are sent here, as the terminal
 * would send them. Node restores the mode of the terminal when the process exits.
 */
export function systemKeyboard(process: Process): Keyboard {
	const { stdin } = process;
	return {
		async read(press) {
			if (!stdin.isTTY || !(await isInForeground(process))) return undefined;
			const onData = (data: Buffer) => {
				for (const key of keysIn(data.toString("utf8")))
					if (!sendSignal(key, process)) press(key);
			};
			stdin.on("data", onData);
			// The terminal was closed, which SIGHUP reports as well.
			stdin.on("error", ignore);
			setRawMode(stdin, true);
			return () => {
				stdin.off("data", onData);
				setRawMode(stdin, false);
				stdin.pause();
			};
		},
	};
}

function ignore(): void {}

function setRawMode(stdin: NodeJS.ReadStream, raw: boolean): void {
	try {
		stdin.setRawMode(raw);
	} catch {
		// The terminal is gone.
	}
}

const names: Readonly<Record<string, string>> = {
	"\u001b": "escape",
	"\u001b[A": "up",
	"\u001bOA": "up",
	"\u001b[B": "down",
	"\u001bOB": "down",
};

/** Keys as letters and names; unknown escape sequences are one key each. */
export function keysIn(typed: string): string[] {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
	const sequences = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)?|./gsu;
	return [...typed.matchAll(sequences)].map(([key]) => names[key] ?? key);
}

const signals: Readonly<Record<string, NodeJS.Signals>> = {
	"\u0003": "SIGINT",
	"\u001a": "SIGTSTP",
	"\u001c": "SIGQUIT",
};

/** Sends what a key means to everything that runs in the foreground, as the terminal does. */
function sendSignal(key: string, process: Process): boolean {
	const signal = signals[key];
	if (!signal) return false;
	const { stdin, platform } = process;
	if (platform === "win32") {
		// There a signal to a process ends it at once.
		if (signal === "SIGINT")
			(process as unknown as NodeJS.EventEmitter).emit(signal);
		return true;
	}
	if (signal !== "SIGINT") setRawMode(stdin, false);
	process.kill(0, signal);
	// Here it continues after a stop.
	if (signal === "SIGTSTP")
		void isInForeground(process).then((is) => is && setRawMode(stdin, true));
	return true;
}

/** A program in the background is stopped when it changes the mode of its terminal. */
async function isInForeground({ pid, platform }: Process): Promise<boolean> {
	if (platform === "win32") return true;
	const groups = (await groupsOfProc()) ?? (await groupsOfPs(pid));
	return groups !== undefined && groups[0] === groups[1];
}

type Groups = [own: string | undefined, foreground: string | undefined];

async function groupsOfProc(): Promise<Groups | undefined> {
	try {
		const stat = await readFile("/proc/self/stat", "utf8");
		// Behind the name, in brackets: state, parent, group, session, terminal, its foreground group.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return [fields[2], fields[5]];
	} catch {
		return undefined;
	}
}

function groupsOfPs(pid: number): Promise<Groups | undefined> {
	return new Promise((resolve) => {
		const args = ["-o", "pgid=,tpgid=", "-p", String(pid)];
		execFile("ps", args, (error, stdout) => {
			const [own, foreground] = stdout.trim().split(/\s+/);
			resolve(error ? undefined : [own, foreground]);
		});
	});
}
