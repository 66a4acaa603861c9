import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

export interface Screen {
	/** Waits until the screen shows a text, however long ago it was drawn. */
	shows(text: string | RegExp): Promise<void>;
	/** Waits until it shows it no more. */
	lost(text: string): Promise<void>;
	type(keys: string): void;
	/** The lines on the screen. */
	text(): string;
	/** The exit code. */
	ended: Promise<number>;
	kill(): void;
	/** Closes the terminal. */
	hangUp(): void;
}

export const keys = {
	enter: "\r",
	up: "\u001b[A",
	down: "\u001b[B",
	pageUp: "\u001b[5~",
	pageDown: "\u001b[6~",
	home: "\u001b[H",
	end: "\u001b[F",
	backspace: "\u007f",
	ctrlC: "\u0003",
	clearLine: "\u0015",
};

/** Longer than anything takes; nothing depends on how long it is. */
const patienceMs = 15_000;

/** Runs a program in a terminal of its own, and reads its screen as a person would. */
export function openScreen(
	program: string,
	args: string[],
	env: Record<string, string>,
	size = { cols: 100, rows: 40 },
): Screen {
	const terminal = new xterm.Terminal({ ...size, allowProposedApi: true });
	const child = spawn(program, args, { ...size, env, name: "xterm-256color" });
	const waiting = new Set<() => void>();
	const check = () => {
		for (const look of waiting) look();
	};
	child.onData((data) => terminal.write(data, check));
	const ended = new Promise<number>((resolve) => {
		child.onExit(({ exitCode }) => terminal.write("", () => resolve(exitCode)));
	});
	const text = () => {
		const { active } = terminal.buffer;
		return Array.from({ length: active.length }, (_, index) =>
			active.getLine(index)?.translateToString(true),
		)
			.join("\n")
			.trimEnd();
	};
	const until = (holds: () => boolean, what: string) =>
		new Promise<void>((resolve, reject) => {
			const late = setTimeout(() => {
				waiting.delete(look);
				reject(new Error(`${what}; the screen is:\n${text()}`));
			}, patienceMs);
			const look = () => {
				if (!holds()) return;
				clearTimeout(late);
				waiting.delete(look);
				resolve();
			};
			waiting.add(look);
			look();
		});
	return {
		shows: (wanted) =>
			until(
				() =>
					typeof wanted === "string"
						? text().includes(wanted)
						: wanted.test(text()),
				`never saw ${wanted}`,
			),
		lost: (gone) => until(() => !text().includes(gone), `still sees ${gone}`),
		type: (typed) => child.write(typed),
		text,
		ended,
		kill: () => child.kill("SIGKILL"),
		hangUp: () => child.kill("SIGHUP"),
	};
}
