import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { listPrompt } from "../../src/system/list-prompt.ts";
import type { Choice } from "../../src/world.ts";

/** A list whose choices arrive when the test says so, at a keyboard of the test's. */
function openList(names: readonly string[]) {
	const readings: ((choices: Choice<unknown>[]) => void)[] = [];
	const input = Object.assign(new PassThrough(), { isTTY: true });
	const output = Object.assign(new PassThrough(), {
		columns: 80,
		isTTY: true,
	});
	output.resume();
	const chosen = listPrompt(
		{
			message: "Which?",
			choices: () => new Promise((resolve) => readings.push(resolve)),
		},
		{ input, output },
	);
	const settle = async () => {
		for (let turn = 0; turn < 20; turn++)
			await new Promise((resolve) => setImmediate(resolve));
	};
	return {
		chosen,
		/** Answers the list's oldest question for its choices. */
		async arrive() {
			readings.shift()?.(names.map((name) => ({ name, value: name })));
			await settle();
		},
		async press(keys: string) {
			input.write(keys);
			await settle();
		},
	};
}

const down = "\u001b[B";

test("Enter chooses what is under the cursor, although the list was read again meanwhile", async () => {
	const list = openList(["tea 1", "tea 2", "tea 3"]);
	await list.press("");
	await list.arrive();
	await list.press("t");
	await list.press(down);
	await list.arrive();
	await list.press("\r");
	expect(await list.chosen).toBe("tea 2");
});
