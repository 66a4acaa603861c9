import { createMachine, type Machine, type Outcome } from "./memory-world.ts";

/** A command in the background. */
interface Running {
	stop(): Promise<Outcome>;
	/** What it had printed when it was put there. */
	shown: string;
}

interface Block {
	/** How wide the terminal is. */
	columns: number;
	commands: string[];
}

/**
 * Types the commands of a text's blocks (```console 80) on one machine, and
 * returns the text with what is seen now. A command that runs until Ctrl-C
 * continues in the background, until `fg` brings the last one back and Ctrl-C ends
 * it; a failure ends with its exit code.
 */
export async function transcribe(markdown: string): Promise<string> {
	const machine = createMachine();
	const running: Running[] = [];
	const parts = markdown.split(/(```console \d+\n[\s\S]*?```)/);
	const seen: string[] = [];
	for (const part of parts)
		seen.push(
			part.startsWith("```console")
				? await typeBlock(readBlock(part), machine, running)
				: part,
		);
	for (const command of running.reverse()) await command.stop();
	return seen.join("");
}

function readBlock(text: string): Block {
	const [, columns] = /^```console (\d+)/.exec(text) ?? [];
	const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(
		([, command = ""]) => command,
	);
	return { columns: Number(columns), commands };
}

async function typeBlock(
	{ columns, commands }: Block,
	machine: Machine,
	running: Running[],
): Promise<string> {
	const lines: string[] = [];
	for (const command of commands) {
		const shown = await typeCommand(command, columns, machine, running);
		lines.push(`$ ${command}`, ...(shown ? [shown] : []));
	}
	const text = lines.join("\n").replace(/[ \t]+$/gm, "");
	return `\`\`\`console ${columns}\n${text}\n\`\`\``;
}

async function typeCommand(
	command: string,
	columns: number,
	machine: Machine,
	running: Running[],
): Promise<string> {
	const [, name, value] = /^export (\w+)=(.*)$/.exec(command) ?? [];
	if (name !== undefined) {
		machine.env[name] = value ?? "";
		return "";
	}
	const [, typed] = /^(igwh .*) &$/.exec(command) ?? [];
	if (typed !== undefined) {
		const started = await machine.start(typed, { columns });
		await started.until(/Ctrl-C|Listening/);
		running.push({ stop: started.stop, shown: started.printed() });
		return started.printed();
	}
	const last = command === "fg" ? running.pop() : undefined;
	if (last) return shown(await last.stop(), last.shown);
	return shown(await machine.run(command, { columns }));
}

/** What a command printed after what was shown already. */
function shown({ code, out, err }: Outcome, before = ""): string {
	const status = code === 0 ? "" : `(exit ${code})`;
	const rest = before ? out.slice(before.length + 1) : out;
	return [rest, err, status].filter(Boolean).join("\n");
}
