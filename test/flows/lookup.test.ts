import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import type { World } from "../../src/world.ts";
import {
	albumComment,
	captionMention,
	commentMention,
	inboxMachine,
	ownMediaComment,
	receive,
} from "../support/inbox-machine.ts";

const reads = (sent: { url: string }[]) =>
	sent.filter(
		({ url }) =>
			url.includes("fields=") && !/fields=username&|\/me\?/.test(url),
	).length;

test("the inbox shows who says what, where, and how long ago, each asked for once", async () => {
	const { run, sent } = await inboxMachine([
		commentMention,
		captionMention,
		ownMediaComment,
		albumComment,
	]);
	const first = await run("igwh lookup");
	expect(first).toMatchObject({ code: 0, err: "" });
	expect(first.out).toBe(
		`@duncan.macleod  @bluebottle challenge?
    in a comment on 17918195224117851  image  2018-03-20T00:05:29+0000  8 years ago  https://www.instagram.com/p/AD-ogO1Zgls/
    answer: igwh reply --comment-id 17894227972186120 --media-id 17918195224117851 --message '…'
@highlander.films  @bluebottle There can be only one!
    in the caption of 17918195224117851  image  2018-03-09T19:16:08+0000  8 years ago  https://www.instagram.com/p/AD-ogO1Zgls/
    ↳ @duncan.macleod  @bluebottle challenge?
    answer: igwh reply --media-id 17918195224117851 --message '…'
@duncan.macleod  Which beans are these?
    on your media 17955061238374021  image  2018-03-12T09:02:41+0000  8 years ago  https://www.instagram.com/p/AD_KCHcInoU/
    answer: igwh reply --comment-id 17870913679156914 --message '…'
@highlander.films  The second one, framed, please
    on your media 17963412875096604  carousel album  2018-03-14T11:47:12+0000  8 years ago  https://www.instagram.com/p/AD_RoPtfshw/
    answer: igwh reply --comment-id 17858304291647035 --message '…'`,
	);
	expect(reads(sent)).toBe(4);
	expect((await run("igwh lookup")).out).toBe(first.out);
	expect(reads(sent)).toBe(4);
	await run("igwh lookup --refresh");
	expect(reads(sent)).toBe(8);
});

describe("one id of any kind", () => {
	test.each([
		["17894227972186120", { kind: "comment", field: "mentions" }],
		["17918195224117851", { kind: "caption", field: "mentions" }],
		["17870913679156914", { kind: "comment", field: "comments" }],
		[
			"17963412875096604",
			{
				kind: "caption",
				field: "comments",
				text: "From bean to cup, in three pictures.",
				media: { mediaType: "CAROUSEL_ALBUM" },
			},
		],
	])("%s, never received", async (id, record) => {
		const { run } = await inboxMachine();
		const { code, records } = await run(`igwh lookup ${id} --json`);
		expect(records).toMatchObject([record]);
		expect(code).toBe(0);
	});

	test("a delivery stands for all it brought", async () => {
		const { run } = await inboxMachine([commentMention, ownMediaComment]);
		const { records } = await run("igwh lookup d1 --json");
		expect(records.map(({ commentId }) => commentId)).toEqual([
			"17894227972186120",
			"17870913679156914",
		]);
	});

	test("an answer is there when asked anew", async () => {
		const { run } = await inboxMachine([captionMention]);
		await run("igwh lookup");
		await run(
			"igwh reply --media-id 17918195224117851 --message 'MacLeod agrees!'",
		);
		expect((await run("igwh lookup 17918195224117851")).out).toContain(
			"↳ @bluebottle  MacLeod agrees!",
		);
		expect((await run("igwh lookup --state answered")).out).toContain(
			"answered: MacLeod agrees!",
		);
	});

	test("one that cannot be read is said so", async () => {
		const { run } = await inboxMachine();
		expect(await run("igwh lookup 1")).toMatchObject({
			code: 6,
			err: expect.stringContaining("1 cannot be read: it does not mention"),
		});
		expect(await run("igwh lookup 'x){id}'")).toMatchObject({ code: 2 });
		expect(await run("igwh lookup d9")).toMatchObject({ code: 2 });
	});
});

describe("what cannot be read is said plainly and kept", () => {
	type Machine = Awaited<ReturnType<typeof inboxMachine>>;
	const cases: [string, object, (machine: Machine) => void, string][] = [
		[
			"a deleted comment on someone's media",
			commentMention,
			({ state }) => state.comments.delete("17894227972186120"),
			"the comment was deleted; its media is still there",
		],
		[
			"a comment on media that is gone or private",
			commentMention,
			({ state }) => {
				state.comments.delete("17894227972186120");
				state.media.delete("17918195224117851");
			},
			"the comment or its media was deleted, became private, has its comments switched off, or no longer mentions the account",
		],
		[
			"a caption that is gone",
			captionMention,
			({ state }) => state.media.delete("17918195224117851"),
			"the media was deleted, became private, or its caption no longer mentions the account",
		],
		[
			"a deleted comment on own media",
			ownMediaComment,
			({ state }) => state.comments.delete("17870913679156914"),
			"the comment was deleted; its media is still there",
		],
		[
			"own media with comments switched off",
			ownMediaComment,
			({ state }) => {
				state.comments.delete("17870913679156914");
				const media = state.media.get("17955061238374021");
				if (media) media.commentsOff = true;
			},
			"comments are switched off on its media",
		],
		[
			"own media that is gone",
			ownMediaComment,
			({ state }) => {
				state.comments.delete("17870913679156914");
				state.media.delete("17955061238374021");
			},
			"the comment and its media were deleted, or the token has no access to them",
		],
	];
	test.each(cases)("%s", async (_, change, happens, reason) => {
		const machine = await inboxMachine([change]);
		happens(machine);
		const first = await machine.run("igwh lookup --json");
		expect(first.records).toMatchObject([
			{ type: "unreadable", reason, inbox: { state: "failed", reason } },
		]);
		expect(first.code).toBe(6);
		const asked = reads(machine.sent);
		expect((await machine.run("igwh lookup")).out).toContain(reason);
		expect(reads(machine.sent)).toBe(asked);
	});

	test("and its words stay, as far as they were told", async () => {
		const { run, state } = await inboxMachine([ownMediaComment]);
		state.comments.clear();
		expect((await run("igwh lookup")).out).toContain(
			"✗ comment 17870913679156914  @duncan.macleod  Which beans are these?  failed",
		);
	});

	test("but what was answered before stays answered", async () => {
		const { run, state } = await inboxMachine([ownMediaComment]);
		await run("igwh reply --comment-id 17870913679156914 --message Beans");
		state.comments.clear();
		expect(
			(await run("igwh lookup 17870913679156914 --json")).records,
		).toMatchObject([{ type: "unreadable", inbox: { state: "answered" } }]);
	});

	test("until it can be read again", async () => {
		const { run, state } = await inboxMachine([commentMention]);
		const media = state.media.get("17918195224117851");
		if (media) media.commentsOff = true;
		expect((await run("igwh lookup")).code).toBe(6);
		if (media) media.commentsOff = false;
		expect(await run("igwh lookup --refresh")).toMatchObject({ code: 0 });
		expect((await run("igwh lookup --state new")).out).toContain("challenge?");
	});
});

describe("a failure that may pass", () => {
	/** Meta's answer to every read of a mention or comment. */
	const failing =
		(status: number, body: string) =>
		(world: World): World => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					/mentioned_|17870913679156914/.test(decodeURIComponent(request.url))
						? textResponse(status, body)
						: world.network.call(request),
			},
		});
	const error = (code: number, more = {}) =>
		JSON.stringify({ error: { message: "down", code, ...more } });

	test.each([
		[500, error(1)],
		[503, error(2, { is_transient: true })],
		[400, error(100, { is_transient: true })],
		[502, "<html>Bad gateway</html>"],
		[400, error(99_999)],
	])("%i %s leaves the items new", async (status, body) => {
		const { run } = await inboxMachine([commentMention, ownMediaComment]);
		const down = await run("igwh lookup --json", {}, failing(status, body));
		expect(down.code).toBe(6);
		expect(down.records).toMatchObject([
			{ type: "unreadable", inbox: { state: "new" } },
			{ type: "unreadable", inbox: { state: "new" } },
		]);
		expect((await run("igwh lookup --json")).records).toMatchObject([
			{ type: "mention", inbox: { state: "new" } },
			{ type: "mention", inbox: { state: "new" } },
		]);
	});

	test.each([
		["a failure that may pass", error(100, { is_transient: true }), "down"],
		[
			"a wrong secret",
			error(100, { message: "Invalid appsecret_proof provided" }),
			"check IGWH_APP_SECRET",
		],
	])("%s is not taken for an id that is gone", async (_, body, said) => {
		const { run } = await inboxMachine();
		const { code, err } = await run(
			"igwh lookup 17894227972186120",
			{},
			failing(400, body),
		);
		expect(code).toBeGreaterThan(3);
		expect(err).toContain(said);
		expect(err).not.toContain("it does not mention");
	});

	test("of the media around a comment that is gone leaves its reason open", async () => {
		const { run, state } = await inboxMachine([commentMention]);
		state.comments.clear();
		const { records } = await run("igwh lookup --json", {}, (world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					/mentioned_media/.test(request.url)
						? textResponse(503, error(2))
						: world.network.call(request),
			},
		}));
		expect(records).toMatchObject([
			{
				type: "unreadable",
				reason: expect.stringContaining("does not exist"),
				inbox: { state: "failed" },
			},
		]);
	});

	test.each([
		[400, error(4)],
		[400, error(17)],
		[400, error(32)],
		[400, error(613)],
		[403, error(80_002)],
		[400, error(80_001)],
		[400, error(368)],
		[400, error(100, { message: "Invalid appsecret_proof provided" })],
		[407, "<html>proxy</html>"],
	])("%i %s ends the run, and leaves the items new", async (status, body) => {
		const { run } = await inboxMachine([commentMention, ownMediaComment]);
		const { code, out } = await run("igwh lookup", {}, failing(status, body));
		expect(code).toBeGreaterThan(3);
		expect(out).toBe("");
		expect((await run("igwh lookup --state new --json")).records).toHaveLength(
			2,
		);
	});
});

test("ads, reels and answers to comments are told field by field", async () => {
	const machine = await inboxMachine();
	const { state, run } = machine;
	const media = {
		kind: "media" as const,
		owner: { id: "17841405726653026", username: "bluebottle" },
		type: "VIDEO" as const,
		createdAt: 0,
	};
	state.media.set("17905822316347149", {
		...media,
		id: "17905822316347149",
		productType: "REELS",
	});
	state.media.set("17906114820593377", {
		...media,
		id: "17906114820593377",
		productType: "AD",
	});
	for (const [id, mediaId, parentId] of [
		["17865801427093584", "17905822316347149", "17865801427093316"],
		["17865801427094021", "17906114820593377", undefined],
	] as const)
		state.comments.set(id, {
			kind: "comment",
			id,
			mediaId,
			author: { id: "1", username: "ana.roasts" },
			text: "words",
			createdAt: machine.clock.now() - 3 * 3_600_000,
			hidden: false,
			parentId,
		});
	const of = async (name: string) =>
		JSON.parse(await readFile(`fixtures/${name}.json`, "utf8")).entry[0]
			.changes[0];
	await receive(machine, [await of("comments-reply"), await of("comments-ad")]);
	const { out } = await run("igwh lookup");
	expect(out).toContain(
		"on your media 17905822316347149  in reply to 17865801427093316  reels  video  2026-11-21T06:30:00+0000  3 h ago",
	);
	expect(out).toContain(
		"on your media 17906114820593377  on the ad 120210987654320456 “Summer roast” of media 17905822316347149  ad  video  2026-11-21T06:30:00+0000  3 h ago",
	);
});

test("states are checked, an empty inbox says so", async () => {
	const { run } = await inboxMachine();
	expect(await run("igwh lookup --state old")).toMatchObject({ code: 2 });
	expect(await run("igwh lookup")).toMatchObject({
		code: 0,
		out: "",
		err: "No unanswered mentions in the inbox. Receive some with: igwh listen",
	});
});
