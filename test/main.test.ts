import { expect, test } from "vitest";
import { main } from "../src/main.ts";
import { createMachine } from "./support/memory-world.ts";

test.each([
	["1", true],
	["on", true],
	["yes please", true],
	["0", false],
	["off", false],
	["", false],
])("IGWH_DEBUG=%s shows where a bug comes from: %s", async (value, shown) => {
	const world = createMachine({ IGWH_DEBUG: value }).world(
		{},
		new AbortController().signal,
	);
	const notes: string[] = [];
	const code = await main(["events"], {
		...world,
		terminal: { ...world.terminal, note: (line) => void notes.push(line) },
		files: {
			...world.files,
			readBytes: () => Promise.reject(new Error("a bug")),
		},
	});
	expect(code).toBe(1);
	expect(notes.join("\n").includes("main.test.ts")).toBe(shown);
});
