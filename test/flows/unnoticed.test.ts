import { describe, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import type { World } from "../../src/world.ts";
import {
	commentMention,
	inboxMachine,
	ownMediaComment,
} from "../support/inbox-machine.ts";
import { createMachine } from "../support/memory-world.ts";

const env = { IGWH_SANDBOX: "1" };

describe("reply", () => {
	test("is in doubt after an answer of exactly 500, whatever its code", async () => {
		const { run } = await inboxMachine([commentMention]);
		const refused = textResponse(
			500,
			JSON.stringify({ error: { message: "no", type: "x", code: 999 } }),
		);
		const refusing = (world: World): World => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					request.method === "POST" ? refused : world.network.call(request),
			},
		});
		const line = "reply --comment-id 17894227972186120 --message Yes!";
		expect(
			await run(`${line} --media-id 17918195224117851`, {}, refusing),
		).toMatchObject({
			err: expect.stringContaining("the answer may or may not have arrived"),
		});
		expect((await run(`${line} --media-id 17918195224117851`)).code).not.toBe(
			0,
		);
	});

	test("--all sends no more once it is interrupted", async () => {
		const { run, sent, said } = await inboxMachine([
			commentMention,
			ownMediaComment,
		]);
		const interruption = new AbortController();
		const posts = () => sent.filter(({ method }) => method === "POST").length;
		const before = posts();
		const outcome = await run(
			"reply --all --template Thanks! --yes",
			{},
			(world) => ({
				...world,
				interrupt: interruption.signal,
				network: {
					...world.network,
					call: async (request) => {
						const answer = await world.network.call(request);
						if (request.method === "POST") interruption.abort();
						return answer;
					},
				},
			}),
		);
		expect(outcome.code).toBe(130);
		expect(posts() - before).toBe(1);
		expect(said()).toEqual(["Thanks!"]);
	});
});

test("a listener that ended is not asked for again", async () => {
	const machine = createMachine(env);
	const other = await machine.start("listen --port 7310 --json");
	await other.until('"ready"');
	await other.stop();
	expect(await machine.run("replay mentions")).toMatchObject({ code: 5 });
	expect(machine.sent.filter(({ url }) => url.includes(":7310"))).toEqual([]);
	expect(machine.sent.at(-1)?.url).toContain(":7300");
});

test("with --like-meta, --expect judges the last attempt", async () => {
	const machine = createMachine(env);
	await machine.serve(async () => textResponse(401, ""), {
		port: 7310,
		maxBodyBytes: 1000,
	});
	const { code, records } = await machine.run(
		"replay mentions --to 7310 --like-meta --retry-speed 1000 --expect 401 --json",
	);
	expect(code).toBe(0);
	const attempts = records.filter(({ type }) => type === "replay");
	expect(attempts.map(({ ok }) => ok)).toEqual([
		...Array(attempts.length - 1).fill(false),
		true,
	]);
	expect(attempts).toHaveLength(10);
});

describe("the stored deliveries", () => {
	/** Three deliveries, a minute between each, forwarded to an app. */
	async function stored() {
		const machine = createMachine(env);
		await machine.serve(async () => textResponse(200, ""), {
			port: 3000,
			maxBodyBytes: 1e6,
		});
		const listener = await machine.start("listen --forward 3000");
		await listener.until("Listening");
		for (let count = 0; count < 3; count++) {
			expect((await machine.run("replay comments")).code).toBe(0);
			await machine.clock.sleep(60_000);
		}
		await listener.stop();
		const { records } = await machine.run("events --json");
		const times = records.map(({ receivedAt }) => String(receivedAt));
		return { machine, times };
	}

	test("--since and --until include the very moment", async () => {
		const { machine, times } = await stored();
		const [newest = "", middle = "", oldest = ""] = times;
		const ids = async (flags: string) =>
			(await machine.run(`events --json ${flags}`)).records.map(({ id }) => id);
		expect(times).toHaveLength(3);
		expect(await ids(`--until ${middle}`)).toEqual(["d2", "d1"]);
		expect(await ids(`--since ${middle}`)).toEqual(["d3", "d2"]);
		expect(await ids(`--since ${middle} --until ${middle}`)).toEqual(["d2"]);
		expect(await ids(`--since ${oldest} --until ${newest}`)).toHaveLength(3);
	});

	test("pruning forgets their forwards and changes too", async () => {
		const { machine } = await stored();
		await machine.clock.sleep(60_000);
		const { code } = await machine.run("events prune --older-than 1s", {
			answers: [true],
		});
		expect(code).toBe(0);
		const database = await machine.world().openDatabase(".igwh/sandbox.db");
		const rows = (table: string) =>
			database.all(`SELECT delivery_id AS id FROM ${table}`);
		expect(rows("forwards")).toEqual([{ id: 3 }]);
		expect(rows("changes")).toEqual([{ id: 3 }]);
		database.close();
	});

	test("in full, hold no escapes of strangers, even where they are not JSON", async () => {
		const machine = createMachine(env);
		const listener = await machine.start("listen --json");
		await listener.until('"ready"');
		await machine.world().network.send({
			method: "POST",
			url: "http://127.0.0.1:7300/webhook?\u001b[2J",
			headers: [["X-Name", "\u001b]0;title\u0007"]],
			body: Buffer.from("not JSON \u001b[2J\u009b1m\u0007"),
			timeoutMs: 1000,
		});
		await machine.clock.sleep(1000);
		await listener.stop();
		const { code, out } = await machine.run("events d1");
		expect(code).toBe(0);
		expect(out).toContain("not JSON");
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
		expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
	});
});

test("a choice at the terminal holds no escapes of strangers", async () => {
	const machine = await inboxMachine([ownMediaComment]);
	const comment = machine.state.comments.get("17870913679156914");
	if (comment) comment.text = "look \u001b]0;title\u0007 here";
	const { asked } = await machine.run("reply", { answers: ["look"] });
	expect(asked.join("\n")).toContain("look");
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
	expect(asked.join("\n")).not.toMatch(/[\u0007\u001b]/);
});
