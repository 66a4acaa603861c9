import { beforeEach, describe, expect, test } from "vitest";
import { type HttpResponse, textResponse } from "../../src/http.ts";
import { UnreachableError, type World } from "../../src/world.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

const page = "1755847768034402";
const secondPage = "2043861125870917";
const callback = "http://127.0.0.1:7300/webhook";

let machine: Machine;

beforeEach(async () => {
	machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox");
	await machine.start("listen");
});

test("a page: what it had, what it has, and that asking again changes nothing", async () => {
	const subscription = { type: "subscription", target: "page", id: page };
	expect((await machine.run("subscribe --json")).records).toEqual([
		{ ...subscription, fields: ["feed"], previous: [], changed: true },
	]);
	expect(
		(await machine.run("subscribe --fields mention --json")).records,
	).toEqual([
		{
			...subscription,
			fields: ["feed", "mention"],
			previous: ["feed"],
			changed: true,
		},
	]);
	expect((await machine.run("subscribe --json")).records).toEqual([
		{
			...subscription,
			fields: ["feed", "mention"],
			previous: ["feed", "mention"],
			changed: false,
		},
	]);
	expect((await machine.run("unsubscribe --json")).records).toEqual([
		{
			...subscription,
			fields: [],
			previous: ["feed", "mention"],
			changed: true,
		},
	]);
});

test("the app first, by a handshake, then its pages", async () => {
	const { records } = await machine.run(
		`subscribe --all --callback ${callback} --instagram-fields mentions --json`,
	);
	expect(records).toMatchObject([
		{
			target: "app",
			fields: ["mentions"],
			previous: [],
			callbackUrl: callback,
		},
		{ target: "page", id: page, fields: ["feed"] },
		{ target: "page", id: secondPage, fields: ["feed"] },
	]);
});

test("the app's fields are merged, and another callback is told of", async () => {
	await machine.run(
		`subscribe --callback ${callback} --instagram-fields mentions`,
	);
	const moved = `${callback}?tenant=1`;
	const { out } = await machine.run(
		`subscribe --callback ${moved} --instagram-fields comments`,
	);
	expect(out).toContain(`sends mentions, comments to ${moved} (new: comments)`);
	expect(out).toContain(`replaces ${callback}`);
});

test("a callback that fails the handshake leaves all as it was", async () => {
	await machine.run(`subscribe --callback ${callback}`);
	await machine.serve(async () => textResponse(200, '"quoted"'), {
		port: 9000,
		maxBodyBytes: 1000,
	});
	const failed = await machine.run(
		"subscribe --callback http://127.0.0.1:9000/ --fields mention",
	);
	expect(failed.code).toBe(6);
	expect(failed.err).toContain("(#2201)");
	expect((await machine.run("subscribe --list --json")).records).toMatchObject([
		{ target: "app", callbackUrl: callback, changed: false },
		{ target: "page", fields: ["feed"], changed: false },
	]);
});

test("a dry run shows the calls, and makes none that changes anything", async () => {
	const { out } = await machine.run(
		`subscribe --callback ${callback} --dry-run`,
	);
	expect(out).toBe(
		[
			"would POST http://127.0.0.1:7302/v25.0/1000000000000001/subscriptions",
			"  object=instagram",
			`  callback_url=${callback}`,
			"  verify_token=igwh-sandbox-verify-token",
			"  fields=comments,live_comments,mentions,story_insights",
			"  include_values=true",
			`would POST http://127.0.0.1:7302/v25.0/${page}/subscribed_apps`,
			"  subscribed_fields=feed",
		].join("\n"),
	);
	expect((await machine.run("subscribe --list")).out).toBe(
		[
			"– app 1000000000000001 sends nothing",
			`– page ${page} sends nothing`,
		].join("\n"),
	);
});

test("the app's subscription ends with --app, and the pages stay", async () => {
	await machine.run(`subscribe --callback ${callback}`);
	expect((await machine.run("unsubscribe --app")).out).toContain(
		"sends nothing any more",
	);
	expect((await machine.run("subscribe --list")).out).toBe(
		[
			"– app 1000000000000001 sends nothing",
			`✓ page ${page} sends feed (as before)`,
		].join("\n"),
	);
});

test("a page by its id, with its own token", async () => {
	expect((await machine.run(`subscribe ${secondPage}`)).code).toBe(0);
	const unknown = await machine.run("subscribe 12345");
	expect(unknown.code).toBe(4);
	expect(unknown.err).toContain(`its pages: ${page}, ${secondPage}`);
});

test("however many lists the pages come in", async () => {
	const { run } = machine;
	const oneAtATime = (world: World): World => ({
		...world,
		network: {
			...world.network,
			call: (request) =>
				world.network.call({
					...request,
					url: request.url.replace("limit=100", "limit=1"),
				}),
		},
	});
	const { records } = await run("subscribe --all --json", {}, oneAtATime);
	expect(records).toMatchObject([{ id: page }, { id: secondPage }]);
	expect(
		machine.sent.filter(({ url }) => url.includes("limit=1")),
	).toHaveLength(2);
});

test.each([
	["mentions", "mentions is an Instagram field"],
	[
		"feeds",
		"feeds is not a field of the page object\n  did you mean: --fields feed",
	],
	["toString", "toString is not a field of the page object"],
])("--fields %s is caught before any call", async (field, message) => {
	machine.sent.length = 0;
	const { code, err } = await machine.run(`subscribe --fields ${field}`);
	expect(code).toBe(2);
	expect(err).toContain(message);
	expect(machine.sent).toEqual([]);
});

test("--instagram-fields feed is caught too", async () => {
	const { code, err } = await machine.run("subscribe --instagram-fields feed");
	expect(code).toBe(2);
	expect(err).toContain("feed is a page field");
});

describe("a write is judged by what is read back", () => {
	type Answering = (post: () => Promise<HttpResponse>) => Promise<HttpResponse>;
	const writes =
		(answer: Answering) =>
		(world: World): World => ({
			...world,
			network: {
				...world.network,
				call: (request) =>
					request.method === "GET"
						? world.network.call(request)
						: answer(() => world.network.call(request)),
			},
		});
	const yes = async () => textResponse(200, '{"success":true}');
	const no = async () => textResponse(200, '{"success":false}');
	const lost: Answering = async (post) => {
		await post();
		throw new UnreachableError("timeout", "no answer within 30 s");
	};
	const neverSent: Answering = async () => {
		throw new UnreachableError("timeout", "no answer within 30 s");
	};
	const broken: Answering = async (post) => {
		await post();
		return textResponse(500, '{"error":{"message":"down","code":2}}');
	};
	const commands = [
		"subscribe --fields mention",
		`subscribe --callback ${callback}?new --fields feed`,
		"unsubscribe",
		"unsubscribe --app",
	];

	test.each(
		commands.flatMap((line) => [
			[line, "says yes and does nothing", yes, 6] as const,
			[line, "says no", no, 6] as const,
			[line, "never gets it", neverSent, 5] as const,
			[line, "does it, and its answer is lost", lost, 0] as const,
			[line, "does it, and fails afterwards", broken, 0] as const,
		]),
	)("%s, where Meta %s", async (line, _, answer, code) => {
		await machine.run(`subscribe --callback ${callback}`);
		const outcome = await machine.run(line, {}, writes(answer));
		expect(outcome.code, outcome.err).toBe(code);
		expect(outcome.err === "").toBe(code === 0);
	});
});

test("a page is left with the app's token where Meta wants that one", async () => {
	await machine.run("subscribe");
	const refusal = '{"error":{"message":"app token needed","code":15}}';
	const tried: string[] = [];
	const answering =
		(taken: () => Promise<HttpResponse>) =>
		(world: World): World => ({
			...world,
			network: {
				...world.network,
				call: (request) => {
					if (request.method !== "DELETE") return world.network.call(request);
					const [, token = ""] =
						request.headers.find(([name]) => name === "Authorization") ?? [];
					const isApp = token.includes("|");
					tried.push(isApp ? "app" : "page");
					return isApp ? taken() : Promise.resolve(textResponse(400, refusal));
				},
			},
		});
	const no = async () =>
		textResponse(400, '{"error":{"message":"no","code":100}}');
	expect((await machine.run("unsubscribe", {}, answering(no))).code).toBe(6);
	expect(tried).toEqual(["page", "app"]);
});

test("a page token is used for its own page only", async () => {
	machine.env.IGWH_SANDBOX = "0";
	machine.env.IGWH_GRAPH_URL = "http://127.0.0.1:7302";
	machine.env.IGWH_PAGE_TOKEN = "EAASandboxPageToken";
	expect(await machine.run(`subscribe --page-id ${secondPage}`)).toMatchObject({
		code: 4,
		err: expect.stringContaining(
			`no token for page ${secondPage}: IGWH_PAGE_TOKEN belongs to page ${page}`,
		),
	});
	machine.env.IGWH_USER_TOKEN = "EAASandboxUserToken";
	expect(await machine.run(`subscribe --page-id ${secondPage}`)).toMatchObject({
		code: 0,
	});
});
