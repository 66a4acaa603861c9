import assert from "node:assert/strict";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { callbackInSandbox } from "../callback-in-sandbox.ts";
import type { Scenario, Soak } from "../scenario.ts";

const program = join(import.meta.dirname, "../../../bin/igwh.js");
const rounds = 6;

/** The window of a listener is closed while strangers send as fast as they can. */
export const scenario: Scenario = async (soak) => {
	const sandbox = await callbackInSandbox(soak);
	const took: number[] = [];
	for (let round = 0; round < rounds; round++)
		took.push(await closeTerminal(soak, sandbox));
	return `${rounds} of ${rounds} restored the callback, within ${Math.round(Math.max(...took))} ms, under load`;
};

async function closeTerminal(
	soak: Soak,
	sandbox: Awaited<ReturnType<typeof callbackInSandbox>>,
): Promise<number> {
	const terminal = spawn(
		process.execPath,
		[program, ...sandbox.listenFlags.split(" "), "--home", soak.folder],
		{ env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color" } },
	);
	const ended = new Promise<{ exitCode: number; signal?: number }>((resolve) =>
		terminal.onExit(resolve),
	);
	soak.afterwards(() => terminal.kill("SIGKILL"));
	const url = await new Promise<string>((resolve) => {
		let shown = "";
		terminal.onData((data) => {
			shown += data;
			const [found] =
				/http:\S+\/webhook/.exec(shown.split("callback URL")[1] ?? "") ?? [];
			if (found && shown.includes("try it with")) resolve(found);
		});
	});
	assert.ok(!(await sandbox.isOriginal()));
	const load = Promise.all(
		Array.from({ length: 8 }, async () => {
			while (await answers(url));
		}),
	);
	await new Promise((resolve) => setTimeout(resolve, 300));
	(terminal as unknown as { destroy(): void }).destroy();
	const ms = await sandbox.restored();
	const { exitCode, signal } = await ended;
	assert.deepEqual([exitCode, signal], [130, 0]);
	await load;
	return ms;
}

async function answers(url: string): Promise<boolean> {
	try {
		await fetch(url, { method: "POST", body: "{}" });
		return true;
	} catch {
		return false;
	}
}
