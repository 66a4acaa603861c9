import { expect, test } from "vitest";
import { createMachine } from "../support/memory-world.ts";

test("the demo holds, step by step, and ends by itself", async () => {
	const machine = createMachine();
	const { code, out, err } = await machine.run("demo");
	expect(err).toBe("");
	expect(out).toContain("all 14 steps passed");
	expect(code).toBe(0);
});

test("the card's four commands, as written, against the sandbox", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const sandbox = await machine.start("igwh sandbox");
	await sandbox.until("The sandbox is");
	expect(await machine.run("igwh subscribe")).toMatchObject({
		code: 0,
		out: "✓ page 1755847768034402 sends feed",
	});
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	expect(await machine.run("igwh replay fixtures/mentions.json")).toMatchObject(
		{ code: 0 },
	);
	const answered = await machine.run("igwh reply", {
		answers: [
			"@bluebottle challenge?",
			"Write an answer",
			"Challenge accepted!",
			"Send it",
		],
	});
	expect(answered).toMatchObject({
		code: 0,
		out: "✓ answered comment 17894227972186120: Challenge accepted!  17911496353086895",
		err: "Nothing is left to answer.",
	});
	expect(answered.asked[1]).toContain(
		[
			"@duncan.macleod",
			"in a comment on 17918195224117851  image  2018-03-20T00:05:29+0000  8 years ago  https://www.instagram.com/p/AD-ogO1Zgls/",
			"@bluebottle challenge?",
			"What now?",
		].join("\n  "),
	);
	expect((await listener.stop()).code).toBe(130);
	expect((await sandbox.stop()).code).toBe(130);
});

test("a verification of igwh's own listener leaves nobody to answer", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("igwh listen");
	await machine.run("igwh replay mentions");
	expect((await machine.run("igwh verify 7300")).code).toBe(0);
	const { records } = await machine.run("igwh lookup --json");
	expect(records.map(({ commentId }) => commentId)).toEqual([
		"17894227972186120",
		// What the dashboard's Test sends is shown, as what it is.
		"17887498072083520",
	]);
});
