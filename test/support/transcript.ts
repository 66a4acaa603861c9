import { createMachine, type Machine } from "./memory-world.ts";

interface Block {
	/** How wide the terminal is. */
	columns: number;
	commands: string[];
}

/**
 * Types the commands of a text's blocks (```console 80) on one machine, and
 * returns the text with what is seen now. A command that runs until Ctrl-C goes
 * on in the background; a failure ends with its exit code.
 */
export async function transcribe(markdown: string): Promise<string> {
	const machine = createMachine();
	const running: { stop(): Promise<unknown> }[] = [];
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
	running: { stop(): Promise<unknown> }[],
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
	running: { stop(): Promise<unknown> }[],
): Promise<string> {
	const [, name, value] = /^export (\w+)=(.*)$/.exec(command) ?? [];
	if (name !== undefined) {
		machine.env[name] = value ?? "";
		return "";
	}
	const [, typed] = /^(igwh .*) &$/.exec(command) ?? [];
	if (typed !== undefined) {
		const started = await machine.start(typed, { columns });
		running.push(started);
		await started.until(/Ctrl-C|Listening/);
		return started.printed();
	}
	const { code, out, err } = await machine.run(command, { columns });
	const status = code === 0 ? "" : `(exit ${code})`;
	return [out, err, status].filter(Boolean).join("\n");
}
