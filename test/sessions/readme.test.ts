import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMachine, type Machine } from "../support/memory-world.ts";
import { readSessions, type Typed } from "../support/sessions.ts";

const readme = readFileSync(
	join(import.meta.dirname, "../../README.md"),
	"utf8",
);

/** Every console block of the README, typed in order on one machine. */
describe("what the README shows is what happens", () => {
	let machine: Machine;
	const running: { stop(): Promise<unknown> }[] = [];

	beforeAll(() => {
		machine = createMachine({ IGWH_SANDBOX: "1" });
	});

	afterAll(async () => {
		for (const command of running.reverse()) await command.stop();
	});

	test.each(readSessions(readme))("$ $command", async (typed) => {
		expect(await type(typed)).toMatch(typed.expected);
	});

	async function type({ command, runsOn }: Typed): Promise<string> {
		if (!runsOn) {
			const { out, err } = await machine.run(command);
			return [out, err].filter(Boolean).join("\n");
		}
		const started = await machine.start(command);
		running.push(started);
		await started.until(/Ctrl-C/);
		return started.printed();
	}
});
