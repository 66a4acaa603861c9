import { expect, test } from "vitest";
import { type Handler, textResponse } from "../../../src/http.ts";
import { createMachine, type Person } from "../../support/memory-world.ts";

const atTerminal: Person = { answers: [] };

async function listening(flags: string, handler?: Handler) {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const received: string[] = [];
	if (handler)
		await machine.serve(
			async (request) => {
				received.push(Buffer.from(request.body).toString());
				return handler(request);
			},
			{ port: 3000, maxBodyBytes: 1_000_000 },
		);
	const listener = await machine.start(`igwh listen ${flags}`, atTerminal);
	await listener.until("Listening");
	return { machine, listener, received };
}

const ok: Handler = async () => textResponse(200, "");

test("one line says what the keys do", async () => {
	const { listener } = await listening("");
	await listener.press("x");
	expect(listener.status()).toBe(
		"↑↓ select · r replay · d details · f failures only · p pause · q quit",
	);
	await listener.stop();
});

test("r sends the last delivery to the app again, as it was received", async () => {
	let status = 500;
	const { machine, listener, received } = await listening(
		"--forward 3000",
		async () => textResponse(status, "boom"),
	);
	await machine.run("igwh replay mentions");
	await listener.until("500 0 ms");
	status = 200;
	await listener.press("r");
	await listener.until("↻ d1 replayed");
	expect(received[1]).toBe(received[0]);
	expect(listener.printed()).toContain("↻ d1 replayed  → 200 0 ms");
	await listener.stop();
	const { records } = await machine.run("igwh events --json --failed");
	expect(records).toEqual([]);
});

test("r says why there is nothing to replay", async () => {
	const { machine, listener } = await listening("");
	await listener.press("r");
	expect(listener.status()).toBe(
		"no delivery yet; send one with: igwh replay mentions --sandbox",
	);
	await machine.run("igwh replay mentions");
	await listener.until("d1");
	await listener.press("r");
	expect(listener.status()).toBe(
		"no app to replay to; start with: igwh listen --forward 3000",
	);
	await listener.stop();
});

test("a forged delivery is not replayed to the app", async () => {
	const { machine, listener, received } = await listening("--forward 3000", ok);
	await machine.run("igwh replay mentions --tamper body");
	await listener.until("refused");
	await listener.press("r");
	expect(listener.status()).toBe(
		"d1 has an invalid signature: it is not forwarded",
	);
	await listener.stop();
	expect(received).toEqual([]);
});

test("d shows the selected delivery in full", async () => {
	const { machine, listener } = await listening("");
	await machine.run("igwh replay mentions comments");
	await listener.until("d2");
	await listener.press("up");
	await listener.press("up");
	expect(listener.status()).toMatch(/^❯ .*d1 .*mentions/);
	await listener.press("d");
	await listener.until("POST /webhook");
	expect(listener.printed()).toMatch(
		/POST \/webhook[\s\S]*"field": "mentions"/,
	);
	await listener.press("escape");
	expect(listener.status()).toMatch(/^↑↓ select/);
	await listener.stop();
});

test("f shows only failures, and all again", async () => {
	const { machine, listener } = await listening("");
	await listener.press("f");
	expect(listener.status()).toMatch(/^failures only .* f all/);
	await machine.run("igwh replay mentions");
	await machine.run("igwh replay mentions --tamper body");
	await listener.until("refused");
	await listener.press("f");
	await machine.run("igwh replay comments");
	await listener.until("comments");
	const { out } = await listener.stop();
	expect(out).not.toContain("d1 ");
	expect(out).toMatch(/d2 [\s\S]*d3 /);
	expect(out).toContain("Received 3 deliveries in 0 s: 1 refused");
});

test("p holds the lines back, not the deliveries", async () => {
	const { machine, listener, received } = await listening("--forward 3000", ok);
	await listener.press("p");
	await machine.run("igwh replay mentions comments");
	await machine.clock.sleep(1000);
	expect(received).toHaveLength(2);
	expect(listener.status()).toMatch(/^paused, 2 waiting .* p resume/);
	expect(listener.printed()).not.toContain("d1 ");
	await listener.press("p");
	await listener.until("d2 ");
	await listener.press("p");
	await machine.run("igwh replay mentions");
	const { out } = await listener.stop();
	expect(out).toMatch(/d1 [\s\S]*d2 [\s\S]*d3 [\s\S]*Received 3/);
});

test("q ends it like a time that is up", async () => {
	const { machine, listener } = await listening("");
	await machine.run("igwh replay mentions");
	await listener.until("d1");
	await listener.press("q");
	const { code, out } = await listener.ended;
	expect(code).toBe(0);
	expect(out).toMatch(/Received 1 delivery in \d+ s$/);
	expect(machine.leftOpen()).toEqual([]);
});

test("without a terminal no key is read, and nothing is pending", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.serve(
		async () => {
			await machine.clock.sleep(3000);
			return textResponse(200, "");
		},
		{ port: 3000, maxBodyBytes: 1_000_000 },
	);
	const listener = await machine.start("igwh listen --forward 3000");
	await listener.until("Listening");
	await machine.run("igwh replay mentions");
	const { out, progress } = await listener.stop();
	expect(progress).toEqual([]);
	expect(out.match(/d1 /g)).toHaveLength(1);
});

test("a delivery is pending until its app answers", async () => {
	const { machine, listener } = await listening("--forward 3000", async () => {
		await machine.clock.sleep(90);
		return textResponse(200, "");
	});
	await machine.run("igwh replay mentions");
	await listener.until("200 90 ms");
	const { progress } = await listener.stop();
	expect(progress.join("\n")).not.toContain("→ :3000 …");
});

test("a slow app shows its delivery as pending, once", async () => {
	const { machine, listener } = await listening("--forward 3000", async () => {
		await machine.clock.sleep(6000);
		return textResponse(200, "");
	});
	await machine.run("igwh replay mentions");
	await listener.until("200 6000 ms");
	expect(listener.printed()).toContain(
		"    slower than the 5 s that Meta waits: answer 200 first, then process",
	);
	const { progress, out } = await listener.stop();
	expect(progress.filter((line) => line.includes("→ :3000 …"))).toEqual([
		"09:30:00  d1    ✓ signed  mentions       mentioned in comment 17894227972186120 on media 17918195224117851  → :3000 …",
	]);
	expect(out.match(/d1 /g)).toHaveLength(1);
});

test.each([45, 80, 120])("at %i columns every line fits", async (columns) => {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const listener = await machine.start("igwh listen --forward 3000", {
		...atTerminal,
		columns,
	});
	await listener.until("Listening");
	await listener.press("x");
	await machine.run("igwh replay mentions comments story_insights messages");
	await machine.run("igwh replay mentions --tamper body");
	const { out, progress } = await listener.stop();
	expect(out.slice(out.indexOf("igwh replay mentions"))).toMatchSnapshot();
	expect(progress[0]).toMatchSnapshot();
	const shown = [...out.split("\n").slice(5), ...progress];
	expect(shown.filter((line) => line.length > columns)).toEqual([]);
});
