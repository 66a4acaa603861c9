import { describe, expect, test } from "vitest";
import { type HttpResponse, textResponse } from "../../../src/http.ts";
import type { OutgoingRequest, World } from "../../../src/world.ts";
import {
	createLiveMachine,
	type LiveMachine,
} from "../../support/live-machine.ts";
import {
	appId,
	callbackUrl,
	igUserId,
	pageId,
	userToken,
} from "../../support/sandbox-world.ts";

const secondPage = "2043861125870917";
const secondAccount = "17841405309211844";
const asPerson = { IGWH_USER_TOKEN: userToken, IGWH_PAGE_TOKEN: "" };

/** Answers some calls instead of Meta. */
const answering =
	(answer: (request: OutgoingRequest) => HttpResponse | undefined) =>
	(world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async (request) =>
				answer(request) ?? (await world.network.call(request)),
		},
	});
const refusing = (path: string, error: object) =>
	answering(({ method, url }) =>
		method === "POST" && url.includes(path)
			? textResponse(400, JSON.stringify({ error }))
			: undefined,
	);
const unsubscribePages = ({ state }: LiveMachine) => {
	for (const page of state.pages.values()) delete page.subscribedFields;
};

describe("several", () => {
	test("pages and accounts, each account by the page it is linked to", async () => {
		const machine = await createLiveMachine(asPerson);
		unsubscribePages(machine);
		const { records, code } = await machine.run(
			`subscribe ${pageId} ${secondAccount} --json`,
		);
		expect(code).toBe(0);
		expect(records).toMatchObject([
			{ target: "page", id: pageId, fields: ["feed"], changed: true },
			{ target: "page", id: secondPage, fields: ["feed"], changed: true },
		]);
	});

	test.each(["subscribe", "unsubscribe"])(
		"igwh %s: the failure of one does not stop the others; the exit code tells",
		async (name) => {
			const machine = await createLiveMachine(asPerson);
			const { records, err, code } = await machine.run(
				`${name} 12345 ${secondPage} --json`,
			);
			expect(records).toMatchObject([
				{ type: "failure", target: "page", id: "12345", code: "permission" },
				{
					type: "subscription",
					id: secondPage,
					fields: name === "subscribe" ? ["feed"] : [],
				},
			]);
			expect(JSON.parse(err).error).toMatchObject({
				message: "1 of 2 failed; the others are done",
			});
			expect(code).toBe(4);
			const human = await machine.run(`${name} 12345 ${secondPage}`);
			expect(human.out).toContain(
				"✗ page 12345  the user token has no access to page 12345",
			);
		},
	);

	test("what every one of them would meet ends it at once", async () => {
		const machine = await createLiveMachine(asPerson);
		const { records, code } = await machine.run(
			"subscribe --all --json",
			{},
			refusing("/subscribed_apps", { message: "limit", code: 4 }),
		);
		expect(records).toEqual([]);
		expect(code).toBe(6);
	});

	test("--all and an id exclude each other", async () => {
		const { err, code } = await (await createLiveMachine()).run(
			`subscribe --all ${pageId}`,
		);
		expect(err).toContain("--all and an id exclude each other");
		expect(code).toBe(2);
	});
});

describe("--replace", () => {
	test("leaves exactly the named fields, on the page and on the app", async () => {
		const machine = await createLiveMachine();
		await machine.run("subscribe --fields feed,mention");
		const { records } = await machine.run(
			`subscribe --fields mention --callback ${callbackUrl} --instagram-fields comments --replace --json`,
		);
		expect(records).toMatchObject([
			{
				target: "app",
				fields: ["comments"],
				previous: ["comments", "live_comments", "mentions", "story_insights"],
			},
			{ target: "page", fields: ["mention"], previous: ["feed", "mention"] },
		]);
	});

	test("is refused where Meta keeps what was there", async () => {
		const machine = await createLiveMachine();
		await machine.run("subscribe --fields feed,mention");
		const ignored = answering(({ method }) =>
			method === "POST" ? textResponse(200, '{"success":true}') : undefined,
		);
		const { err, code } = await machine.run(
			"subscribe --fields mention --replace",
			{},
			ignored,
		);
		expect(err).toContain(`page ${pageId} is still subscribed to feed`);
		expect(code).toBe(6);
	});
});

describe("--list", () => {
	const list = async (machine: LiveMachine, flags = "") =>
		machine.run(`subscribe --list ${flags}`);

	test("is a table: page, account, page fields, app fields, callback", async () => {
		const machine = await createLiveMachine(asPerson);
		const { out, code } = await list(machine, "--all");
		expect(out.split("\n")).toEqual([
			`✓ app ${appId} sends comments, live_comments, mentions, story_insights to ${callbackUrl}`,
			"  page                                account            page fields     app fields                                    callback",
			`✓ ${pageId} Bluebottle         ${igUserId}  feed            comments,live_comments,mentions,story_insig…  ${callbackUrl}`,
			`✓ ${secondPage} Slow Morning       ${secondAccount}  feed            comments,live_comments,mentions,story_insig…  ${callbackUrl}`,
		]);
		expect(code).toBe(0);
	});

	test("changes nothing", async () => {
		const machine = await createLiveMachine();
		await list(machine);
		expect(machine.sent.filter(({ method }) => method !== "GET")).toEqual([]);
	});

	test.each<[string, (machine: LiveMachine) => void, string, string]>([
		[
			"a dead callback",
			({ receive }) => receive(async () => textResponse(502, "bad gateway")),
			"",
			"callback.handshake: it answered 502: bad gateway",
		],
		[
			"another tool's callback",
			() => {},
			"--callback https://mine.example/webhook",
			`callback.owner: the app sends to ${callbackUrl}, not to https://mine.example/webhook`,
		],
		[
			"an inactive subscription",
			({ state: { subscriptions } }) => {
				const before = subscriptions.get("instagram");
				if (before)
					subscriptions.set("instagram", { ...before, inactive: true });
			},
			"",
			"app.active: the subscription is inactive: Meta sends nothing",
		],
		[
			"a field without its permission",
			({ state }) => {
				state.permissions.set("instagram_manage_insights", "declined");
			},
			"",
			"story_insights without instagram_manage_insights",
		],
		[
			"a page that is not subscribed",
			unsubscribePages,
			"",
			"the app is not subscribed",
		],
		[
			"a page without an account",
			({ state }) => {
				for (const page of state.pages.values()) delete page.accountId;
			},
			"",
			"no Instagram account is linked",
		],
	])("marks %s", async (_, change, flags, problem) => {
		const machine = await createLiveMachine();
		change(machine);
		const { out, code } = await list(machine, flags);
		expect(out).toContain(`    ${problem}`);
		expect(out.match(/^!/gm)).toHaveLength(1);
		expect(code).toBe(0);
	});

	test("sends no handshake to a listener that answers, which would show it", async () => {
		const machine = await createLiveMachine();
		const listener = await machine.start(
			"listen --port 7310 --no-tunnel --subscribe",
			{},
			(world) => world,
		);
		await listener.until("Listening");
		const before = listener.printed();
		expect((await list(machine)).out).toMatch(/^✓ app/);
		expect(listener.printed()).toBe(before);
		await listener.stop();
	});
});

describe("a callback that Meta refuses", () => {
	test.each([
		[
			"404",
			async () => textResponse(404, "no such page"),
			'the callback answers 404 "no such page"',
		],
		[
			"a page",
			async () => textResponse(200, "<!doctype html><p>Are you a robot?"),
			'the callback answers 200 "<!doctype html><p>Are you a robot?" instead of the bare challenge',
		],
		[
			"nothing in the body",
			async () => textResponse(200, ""),
			"the callback answers 200 without a body instead of the bare challenge",
		],
	])("is explained with what it answers: %s", async (_, handler, text) => {
		const machine = await createLiveMachine();
		machine.receive(handler);
		const { err, code } = await machine.run(
			`subscribe --callback ${callbackUrl}`,
		);
		expect(err).toContain(`asked from this machine as Meta asks, ${text}`);
		expect(err).toContain(`igwh verify ${callbackUrl}`);
		expect(code).toBe(6);
	});

	test("and that nothing listens there", async () => {
		const machine = await createLiveMachine();
		const { err } = await machine.run(
			"subscribe --callback http://127.0.0.1:7399/webhook",
		);
		expect(err).toContain(
			"asked from this machine as Meta asks, nothing listens at 127.0.0.1:7399",
		);
	});

	test("or that it answers this machine, but not Meta", async () => {
		const machine = await createLiveMachine();
		const { err } = await machine.run(
			`subscribe --callback ${callbackUrl}`,
			{},
			refusing("/subscriptions", {
				code: 2200,
				message: "(#2200) Callback verification failed: HTTP Status Code = 403",
			}),
		);
		expect(err).toContain(
			"the callback answers the challenge: Meta reaches another answer than this machine",
		);
		expect(err).toContain("firewall");
	});
});

describe("where the API does not set the instagram object", () => {
	const refuses = refusing("/subscriptions", {
		code: 100,
		message: "(#100) Param object must be one of {user, page}",
	});
	const moved = `${callbackUrl}?v=2`;

	test("the steps in the dashboard are shown, and the result is checked", async () => {
		const machine = await createLiveMachine();
		const { out, err, code } = await machine.run(
			`subscribe --callback ${moved}`,
			{ answers: [true] },
			refuses,
		);
		expect(out).toContain(
			"In the App Dashboard, under Webhooks, Instagram, Edit subscription, paste:",
		);
		expect(out).toContain(`  callback URL  ${moved}`);
		expect(out).toContain(
			"  fields        comments, live_comments, mentions, story_insights",
		);
		expect(err).toContain(
			`the callback is to be set in the App Dashboard: app ${appId} still sends to ${callbackUrl}`,
		);
		expect(code).toBe(6);
	});

	test("and goes on with the pages where it was set", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		const { subscriptions } = machine.state;
		const person = { answers: [true] };
		const setting = (world: World): World => {
			const inner = refuses(world);
			return {
				...inner,
				prompts: {
					...inner.prompts,
					confirm: async (message) => {
						const before = subscriptions.get("instagram");
						if (before)
							subscriptions.set("instagram", { ...before, callbackUrl: moved });
						return inner.prompts.confirm(message);
					},
				},
			};
		};
		const { records, code } = await machine.run(
			`subscribe --callback ${moved} --json`,
			person,
			setting,
		);
		expect(records).toMatchObject([
			{ type: "dashboard", callbackUrl: moved },
			{ target: "app", callbackUrl: moved, changed: true },
			{ target: "page", fields: ["feed"], changed: true },
		]);
		expect(code).toBe(0);
	});
});

test("a dry run names the page whose token a call takes", async () => {
	const machine = await createLiveMachine(asPerson);
	const { out } = await machine.run(`subscribe ${secondPage} --dry-run`);
	expect(out).toContain(
		`# IGWH_PAGE_TOKEN: the token of page ${secondPage}, from /me/accounts`,
	);
	const app = await machine.run("unsubscribe --app --dry-run");
	expect(app.out).toBe(
		[
			`curl -X DELETE -G http://127.0.0.1:7302/v25.0/${appId}/subscriptions \\`,
			'  -H "Authorization: Bearer $IGWH_APP_ID|$IGWH_APP_SECRET" \\',
			"  --data-urlencode object=instagram",
		].join("\n"),
	);
});
