import type { Terminal } from "../world.ts";
import { type LineWriter, lineWriter } from "./line-writer.ts";
import { showsColours } from "./shows-colours.ts";

/** The most bytes that wait for a stderr that is not read. */
const maxWaitingBytes = 1024 * 1024;

export function systemTerminal(process: NodeJS.Process): Terminal {
	const { stdout, stderr, env } = process;
	const out = lineWriter(stdout);
	const err = lineWriter(stderr);
	const bar = progressLine(stderr, err, showsColours(stderr, env));
	let unsaid = 0;
	return {
		get interactive() {
			// Node opens stdin when it is first asked for, which takes time.
			return Boolean(stdout.isTTY && process.stdin.isTTY);
		},
		colours: showsColours(stdout, env),
		get columns() {
			return stdout.columns ?? Number.POSITIVE_INFINITY;
		},
		async print(line) {
			bar.show("");
			if (!out.write(`${line}\n`)) await out.room();
			const failure = out.failure();
			if (failure) throw failure;
		},
		note(line) {
			bar.show("");
			if (err.waiting() > maxWaitingBytes) unsaid++;
			else {
				if (unsaid > 0) err.write(`(${unsaid} lines were not shown here)\n`);
				unsaid = 0;
				err.write(`${line}\n`);
			}
		},
		progress: bar.show,
		flush: async () => {
			bar.show("");
			await Promise.all([out.flush(), err.flush()]);
			const failure = out.failure();
			if (failure) throw failure;
		},
	};
}

/** A line that is overwritten; a run of many steps redraws it ten times a second at most. */
function progressLine(
	stderr: NodeJS.WriteStream,
	{ write, waiting }: LineWriter,
	colours: boolean,
) {
	let shown = false;
	let drawnAt = 0;
	return {
		show(text: string) {
			if (!stderr.isTTY || (!shown && text === "")) return;
			if (text !== "" && Date.now() - drawnAt < 100) return;
			if (waiting() > maxWaitingBytes) return;
			drawnAt = text === "" ? 0 : Date.now();
			shown = text !== "";
			const line = text.slice(0, (stderr.columns ?? 80) - 1);
			const drawn = colours && shown ? `\u001b[2m${line}\u001b[22m` : line;
			write(`\r\u001b[K${drawn}`);
		},
	};
}
