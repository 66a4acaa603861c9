import { beforeEach, describe, expect, test } from "vitest";
import { createInstagramMachine } from "../../support/instagram-machine.ts";
import type { LiveMachine } from "../../support/live-machine.ts";
import { callbackUrl, igUserId } from "../../support/sandbox-world.ts";

let machine: LiveMachine;
const account = () => machine.state.accounts.get(igUserId);

beforeEach(async () => {
	machine = await createInstagramMachine();
	for (const each of machine.state.accounts.values())
		delete each.subscribedFields;
});

test("the account is subscribed, read back, and unsubscribed", async () => {
	const record = { type: "subscription", target: "account", id: igUserId };
	expect((await machine.run("subscribe --json")).records).toEqual([
		{
			...record,
			fields: ["comments", "live_comments"],
			previous: [],
			changed: true,
		},
	]);
	expect(
		(await machine.run("subscribe --instagram-fields messages --json")).records,
	).toEqual([
		{
			...record,
			fields: ["comments", "live_comments", "messages"],
			previous: ["comments", "live_comments"],
			changed: true,
		},
	]);
	expect((await machine.run("unsubscribe --json")).records).toEqual([
		{
			...record,
			fields: [],
			previous: ["comments", "live_comments", "messages"],
			changed: true,
		},
	]);
	expect(account()?.subscribedFields).toBeUndefined();
});

test("with a callback, the app comes first, at graph.facebook.com", async () => {
	machine.state.subscriptions.delete("instagram");
	machine.sent.length = 0;
	const { records, code } = await machine.run(
		`subscribe --callback ${callbackUrl} --json`,
	);
	expect(records).toMatchObject([
		{ target: "app", fields: ["comments", "live_comments"], callbackUrl },
		{ target: "account", fields: ["comments", "live_comments"] },
	]);
	expect(code).toBe(0);
	const posts = machine.sent.filter(({ method }) => method === "POST");
	expect(posts.map(({ url }) => new URL(url).pathname)).toEqual([
		"/v25.0/1000000000000001/subscriptions",
		`/instagram/v25.0/${igUserId}/subscribed_apps`,
	]);
});

test("the list names the account, and what does not fit", async () => {
	const { out } = await machine.run("subscribe --list");
	expect(out).toContain(`! –                                   ${igUserId}  –`);
	expect(out).toContain("    the app is not subscribed");
	await machine.run("subscribe");
	expect((await machine.run("subscribe --list")).out).toContain(
		`✓ –                                   ${igUserId}`,
	);
});

describe("what Instagram Login cannot do is said before the call", () => {
	test.each([
		[
			"subscribe --instagram-fields mentions",
			"Instagram Login cannot subscribe to mentions",
		],
		[
			"subscribe --instagram-fields story_insights",
			"Instagram Login cannot subscribe to story_insights",
		],
		[
			"subscribe --fields mention",
			"Instagram Login has no pages, and so no page fields",
		],
		[
			"subscribe 17841405309211844",
			"no token for account 17841405309211844: the Instagram Login token belongs to bluebottle",
		],
		[
			"subscribe 27841405726653026",
			"27841405726653026 is the account's id for this app alone",
		],
	])("igwh %s", async (line, message) => {
		const { err, code } = await machine.run(line);
		expect(err).toContain(message);
		expect([2, 4]).toContain(code);
		expect(machine.sent.filter(({ method }) => method === "POST")).toEqual([]);
	});
});

describe("reading and answering", () => {
	const own = "17870913679156914";

	test("a comment on the account's own media is read", async () => {
		const { out, code } = await machine.run(`lookup ${own}`);
		expect(out).toContain("Which beans are these?");
		expect(code).toBe(0);
	});

	test("a mention cannot be read, and the way is named", async () => {
		const { err, code } = await machine.run("lookup 17894227972186120");
		expect(err).toContain(
			"Instagram Login cannot read the comments and captions that mention an account",
		);
		expect(err).toContain("Facebook Login");
		expect(code).toBe(2);
	});

	test("a comment on own media is answered, at graph.instagram.com", async () => {
		const { out, code, err } = await machine.run(
			`reply --comment-id ${own} --message hello`,
		);
		expect(err).toBe("");
		expect(out).toContain(`comment ${own}`);
		expect(code).toBe(0);
		expect(
			machine.sent.some(
				({ method, url }) =>
					method === "POST" && url.includes(`/instagram/v25.0/${own}/replies`),
			),
		).toBe(true);
	});
});

test("--login chooses between the two where both have a token", async () => {
	machine.env.IGWH_PAGE_TOKEN = "EAASandboxPageToken";
	machine.env.IGWH_PAGE_ID = "1755847768034402";
	const targetOf = async (flags: string) =>
		(await machine.run(`subscribe --json ${flags}`)).records.map(
			({ target }) => target,
		);
	expect(await targetOf("")).toEqual(["page"]);
	expect(await targetOf("--login instagram")).toEqual(["account"]);
	expect(await targetOf("--login facebook")).toEqual(["page"]);
	const { err, code } = await machine.run("subscribe --login myspace");
	expect(err).toContain("is not one of facebook, instagram");
	expect(code).toBe(2);
});
