import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const commandsIn = (out: string) =>
	[...out.matchAll(/^ +\$ (.*)$/gm)].map(([, command]) => command);

const take = (machine: Machine, port: number) =>
	machine.serve(async () => textResponse(404, ""), { port, maxBodyBytes: 9 });

test("the demo prints the commands that it runs", async () => {
	const { out } = await createMachine().run("demo");
	expect(commandsIn(out)).toMatchInlineSnapshot(`
		[
		  "igwh sandbox",
		  "igwh listen --sandbox",
		  "igwh subscribe --all --callback http://127.0.0.1:7300/webhook --sandbox",
		  "igwh trigger mentions --text '@bluebottle challenge?' --sandbox",
		  "igwh trigger mentions --caption '@bluebottle There can be only one!' --sandbox",
		  "igwh trigger comments --text 'Where can I buy this?' --sandbox",
		  "igwh trigger live_comments --text 'hello from the sofa 👋' --sandbox",
		  "igwh trigger story_insights --sandbox",
		  "igwh lookup --sandbox",
		  "igwh reply --comment-id 17303195241298629 --media-id 17918195224117851 --message 'Challenge accepted!' --sandbox",
		  "igwh reply --media-id 17704746041877573 --message 'MacLeod agrees!' --sandbox",
		  "igwh lookup 17918195224117851 17704746041877573 --sandbox",
		  "igwh replay mentions --sandbox",
		  "igwh replay mentions --tamper body --expect 401 --sandbox",
		]
	`);
});

test("where the usual ports are taken, the commands name those it uses", async () => {
	const machine = createMachine({ npm_command: "exec" });
	await take(machine, 7300);
	await take(machine, 7302);
	const { out, code } = await machine.run("demo");
	expect(code).toBe(0);
	expect(commandsIn(out).slice(0, 4)).toMatchInlineSnapshot(`
		[
		  "npx igwh sandbox --port 40000",
		  "npx igwh listen --port 40001 --sandbox --graph-url http://127.0.0.1:40000",
		  "npx igwh subscribe --all --callback http://127.0.0.1:40001/webhook --sandbox --graph-url http://127.0.0.1:40000",
		  "npx igwh trigger mentions --text '@bluebottle challenge?' --sandbox --graph-url http://127.0.0.1:40000",
		]
	`);
	const [, url] = /callback URL +(\S+)/.exec(out) ?? [];
	expect(commandsIn(out)[2]).toContain(`--callback ${url} `);
});

test("what the demo advises at its end works as typed", async () => {
	const machine = createMachine();
	const { out } = await machine.run("demo");
	const [, advice = ""] = out.split("Now try it yourself");
	const typed = [...advice.matchAll(/^ {4}igwh (.*)$/gm)].map(
		([, command = ""]) => command,
	);
	const [sandbox = "", listen = "", ...others] = typed;
	const running = [await machine.start(sandbox)];
	running.push(await machine.start(listen));
	await running[1]?.until("Listening");
	const codes = [];
	for (const command of others) codes.push((await machine.run(command)).code);
	expect(codes).toEqual([0, 0]);
	for (const command of running.reverse()) await command.stop();
});
