import { describe, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { UnreachableError, type World } from "../../src/world.ts";
import { failingWorld } from "../support/failing-world.ts";
import {
	albumComment,
	captionMention,
	commentMention,
	inboxMachine,
	ownMediaComment,
	receive,
} from "../support/inbox-machine.ts";

const toComment =
	"igwh reply --comment-id 17894227972186120 --media-id 17918195224117851";
const everything = [
	commentMention,
	captionMention,
	ownMediaComment,
	albumComment,
];

/** Answers a POST that comes after so many others with a refusal of Meta's. */
const refusing =
	(code: number, after = 0, status = 400) =>
	(world: World): World => {
		let posts = 0;
		return {
			...world,
			network: {
				...world.network,
				call: async (request) =>
					request.method === "POST" && posts++ >= after
						? textResponse(
								status,
								JSON.stringify({ error: { message: "no", code } }),
							)
						: world.network.call(request),
			},
		};
	};

/** The POST of an answer has its effect, or not, but is never answered. */
const silent =
	(when: "before" | "after") =>
	(world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async (request) => {
				if (request.method !== "POST") return world.network.call(request);
				const failing = failingWorld({ call: 1, when, how: "fails" });
				return failing.change(world).network.call(request);
			},
		},
	});

describe("an answer whose end nobody saw", () => {
	test("is told, read back, and settled where it is there", async () => {
		const { run, said } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		expect(await run(line, {}, silent("after"))).toMatchObject({
			code: 5,
			err: expect.stringContaining("the answer may or may not have arrived"),
		});
		const again = await run(line);
		expect(again.out).toBe(
			"✓ the answer to media 17918195224117851 of 2026-11-21 09:30:00 arrived: Yes!  17911496353086895",
		);
		expect(again).toMatchObject({
			code: 2,
			err: "igwh: media 17918195224117851 was answered on 2026-11-21 09:30:00 UTC: “Yes!” (17911496353086895)\n  --resend sends another answer",
		});
		expect(said()).toEqual(["Yes!"]);
	});

	test.each([
		["a caption", captionMention, "--media-id 17918195224117851", 0],
		[
			"a comment on own media",
			ownMediaComment,
			"--comment-id 17870913679156914",
			150,
		],
	])(
		"to %s is found among 300 others, however they are listed",
		async (_, change, target, before) => {
			const { run, said, state } = await inboxMachine([change]);
			const line = `igwh reply ${target} --message 'Yes!'`;
			const others = (from: number, to: number) => {
				for (let count = from; count < to; count++)
					state.comments.set(`1790000000000${count}`, {
						kind: "comment",
						id: `1790000000000${count}`,
						mediaId: target.includes("media")
							? "17918195224117851"
							: "17955061238374021",
						...(target.includes("comment") && {
							parentId: "17870913679156914",
						}),
						author: { id: "5", username: "someone" },
						text: "Yes!",
						createdAt: Date.UTC(2026, 10, 21, 9, 31),
						hidden: false,
					});
			};
			others(1000, 1000 + before);
			await run(line, {}, silent("after"));
			others(1000 + before, 1300);
			expect((await run(line)).out).toMatch(/✓ the answer to .* arrived: Yes!/);
			expect(said()).toEqual(["Yes!"]);
		},
	);

	test("to a comment that mentions the account cannot be read back", async () => {
		const { run, said, sent } = await inboxMachine([commentMention]);
		const line = `${toComment} --message 'Yes!'`;
		await run(line, {}, silent("after"));
		sent.length = 0;
		const again = await run(line);
		expect(again.out).toContain(
			"Meta does not list answers to comments on other people's media",
		);
		expect(again.code).toBe(2);
		expect(said()).toEqual(["Yes!"]);
		expect(sent.filter(({ url }) => url.includes("mentioned_"))).toEqual([]);
	});

	test("stays unknown where it is not there, and is sent again only when told", async () => {
		const { run, said, clock } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		await run(line, {}, silent("before"));
		await clock.sleep(61_000);
		const again = await run(`${line} --json`);
		expect(again.records).toEqual([
			{
				type: "unsettled",
				outcome: "unknown",
				mediaId: "17918195224117851",
				message: "Yes!",
				at: "2026-11-21T09:30:00.000Z",
				detail:
					"it is not among the account's 0 comments that Meta lists there",
			},
		]);
		expect(again.code).toBe(2);
		expect(said()).toEqual([]);
		expect(await run(`${line} --resend`)).toMatchObject({ code: 0 });
		expect(said()).toEqual(["Yes!"]);
	});

	test("cannot be told from another of the same words that is there", async () => {
		const { run, said } = await inboxMachine([commentMention, captionMention]);
		const all = "igwh reply --all --message 'Thanks!' --yes";
		await run(`${toComment} --message 'Thanks!'`, {}, silent("before"));
		await run(all, {}, silent("after"));
		const again = await run(all);
		expect(again.out).toContain(
			"Meta lists 1 of 2 answers with the same text, and which ones is not known",
		);
		expect(again.out).not.toContain("✓ the answer");
		expect(said()).toEqual(["Thanks!"]);
	});

	test("is not taken for an answer to something else that is known", async () => {
		const { run, said, state } = await inboxMachine([
			commentMention,
			captionMention,
		]);
		await run(`${toComment} --message 'Thanks!'`);
		// Should Meta list it below the media all the same.
		for (const comment of state.comments.values())
			if (comment.text === "Thanks!") delete comment.parentId;
		const line = "igwh reply --media-id 17918195224117851 --message 'Thanks!'";
		await run(line, {}, silent("before"));
		expect((await run(line)).out).toContain("may or may not have arrived");
		expect(said()).toEqual(["Thanks!"]);
	});

	test("is not taken for the same words of somebody else, or of long ago", async () => {
		const { run, state } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		await run(line, {}, silent("before"));
		for (const [id, username, at] of [
			["1", "nora.lindqvist", Date.UTC(2026, 10, 21, 9, 31)],
			["2", "bluebottle", Date.UTC(2026, 10, 20)],
		] as const)
			state.comments.set(id, {
				kind: "comment",
				id,
				mediaId: "17918195224117851",
				author: { id, username },
				text: "Yes!",
				createdAt: at,
				hidden: false,
			});
		const again = await run(line);
		expect(again.out).toContain("may or may not have arrived");
	});

	test.each([
		[119_000, "✓ the answer to"],
		[121_000, "may or may not have arrived"],
	])("written %i ms early by Meta's clock, it %s", async (early, said) => {
		const { run, state } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		await run(line, {}, silent("after"));
		for (const comment of state.comments.values())
			if (comment.text === "Yes!") comment.createdAt -= early;
		expect((await run(line)).out).toContain(said);
	});

	test("is found below the comment at the top, to which Meta attaches it", async () => {
		const { run, state } = await inboxMachine([ownMediaComment]);
		const comment = state.comments.get("17870913679156914");
		if (!comment) throw new Error("not in the sandbox");
		state.comments.set("31", { ...comment, id: "31" });
		comment.parentId = "31";
		const line = "igwh reply --comment-id 17870913679156914 --message 'Yes!'";
		await run(line, {}, silent("after"));
		expect((await run(line)).out).toContain("✓ the answer to");
	});

	test("is found whatever Meta does to its spaces and accents", async () => {
		const { run, state } = await inboxMachine([captionMention]);
		const line =
			"igwh reply --media-id 17918195224117851 --message 'Cafe\u0301  today!'";
		await run(line, {}, silent("after"));
		for (const comment of state.comments.values())
			if (comment.text.endsWith("today!")) comment.text = "Caf\u00e9 today! ";
		expect((await run(line)).out).toContain("✓ the answer to");
	});

	test("was certainly not sent where nothing listened", async () => {
		const { run, said } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		const first = await run(line, {}, (world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) => {
					if (request.method === "POST")
						throw new UnreachableError("refused", "nothing listens there");
					return world.network.call(request);
				},
			},
		}));
		expect(first.code).toBe(5);
		expect(await run(line)).toMatchObject({ code: 0 });
		expect(said()).toEqual(["Yes!"]);
	});

	test("is not looked for where nothing can be read back", async () => {
		const { run, state } = await inboxMachine([captionMention]);
		const line = "igwh reply --media-id 17918195224117851 --message 'Yes!'";
		await run(line, {}, silent("after"));
		const media = state.media.get("17918195224117851");
		if (media) media.caption = "No names here";
		expect((await run(line)).out).toContain(
			"the comments there cannot be read; --resend sends it again",
		);
	});

	test("may not be overtaken while it can still be under way", async () => {
		const { run, said, clock } = await inboxMachine([commentMention]);
		const line = `${toComment} --message 'Yes!'`;
		await new Promise<void>((reached) => {
			run(line, {}, (world) => ({
				...world,
				network: {
					...world.network,
					call: (request) => {
						if (request.method !== "POST") return world.network.call(request);
						reached();
						return new Promise(() => {});
					},
				},
			}));
		});
		await clock.sleep(30_000);
		expect(await run(`${line} --resend`)).toMatchObject({
			code: 2,
			err: expect.stringContaining("may still be on its way"),
		});
		await clock.sleep(31_000);
		expect(await run(`${line} --resend`)).toMatchObject({ code: 0 });
		expect(said()).toEqual(["Yes!"]);
	});

	test.each([1, 2])("is in doubt after Meta's code %i", async (code) => {
		const { run } = await inboxMachine([commentMention]);
		const line = `${toComment} --message 'Yes!'`;
		const first = await run(line, {}, refusing(code, 0, 500));
		expect(first).toMatchObject({
			code: 6,
			err: expect.stringContaining("the answer may or may not have arrived"),
		});
		expect((await run(line)).code).toBe(2);
	});
});

describe("two runs at once", () => {
	test("answer each mention once between them", async () => {
		const { run, said } = await inboxMachine(everything);
		const line = "igwh reply --all --template 'Thanks @{{username}}!' --yes";
		const outcomes = await Promise.all([run(line), run(line), run(line)]);
		expect(said().toSorted()).toEqual([
			"Thanks @duncan.macleod!",
			"Thanks @duncan.macleod!",
			"Thanks @highlander.films!",
			"Thanks @highlander.films!",
		]);
		const sent = outcomes.flatMap(({ out }) => out.match(/✓ answered/g) ?? []);
		expect(sent).toHaveLength(4);
	});
});

describe("rate limits", () => {
	test.each([4, 17, 32, 613, 80002, 368])(
		"code %i stops the run and says what is left",
		async (code) => {
			const { run, said } = await inboxMachine(everything);
			const line = "igwh reply --all --message 'Thanks!' --yes";
			const stopped = await run(line, {}, refusing(code, 1));
			expect(stopped.code).toBe(6);
			expect(stopped.out.match(/✓ answered/g)).toHaveLength(1);
			expect(said()).toHaveLength(1);
			expect((await run(line)).code).toBe(0);
			expect(said()).toHaveLength(4);
		},
	);

	test("are waited out with --wait, and no answer is in doubt meanwhile", async () => {
		const { run, said, clock } = await inboxMachine(everything);
		const seen: unknown[] = [];
		const limitedOnce = (world: World): World => {
			const limited = refusing(80002, 1)(world).network;
			let isOver = false;
			return {
				...world,
				clock: {
					...world.clock,
					sleep: async (milliseconds, signal) => {
						if (seen.length === 0) {
							seen.push("waiting");
							const { records } = await run("igwh lookup --json");
							seen.push(...records.map(({ inbox }) => inbox));
						}
						isOver = true;
						await clock.sleep(milliseconds, signal);
					},
				},
				network: {
					...world.network,
					call: (request) =>
						isOver ? world.network.call(request) : limited.call(request),
				},
			};
		};
		const line = "igwh reply --all --message 'Thanks!' --yes --wait";
		expect(await run(line, {}, limitedOnce)).toMatchObject({
			code: 0,
			err: "igwh: Meta's rate limit is reached (code 80002): waiting 15 minutes, then continuing",
		});
		expect(said()).toHaveLength(4);
		const [, ...waiting] = seen;
		expect(waiting).toHaveLength(3);
		expect(JSON.stringify(waiting)).not.toContain('"answer"');
	});

	test("end the conversation with what is left", async () => {
		const { run } = await inboxMachine(everything);
		const person = {
			answers: ["challenge", "Write an answer", "Yes!", "Send it"],
		};
		expect(await run("igwh reply", person, refusing(80002))).toMatchObject({
			code: 6,
			err: expect.stringContaining("4 left to answer"),
		});
	});
});

describe("the account's own words", () => {
	const own = {
		field: "comments",
		value: { ...ownMediaComment.value, from: undefined },
	};

	test("are skipped as soon as they are read, and never answered", async () => {
		const { run, state, said } = await inboxMachine([own]);
		const comment = state.comments.get("17870913679156914");
		if (comment)
			comment.author = { id: "17841405726653026", username: "bluebottle" };
		const before = said();
		expect(
			await run("igwh reply --all --message 'Thanks!' --yes"),
		).toMatchObject({ code: 0, out: "", err: "Nothing is left to answer." });
		expect(
			await run("igwh reply --comment-id 17870913679156914 --message 'x'"),
		).toMatchObject({
			code: 2,
			err: expect.stringContaining("was written by the account itself"),
		});
		expect(said()).toEqual(before);
		expect((await run("igwh lookup --state skipped")).out).toContain(
			"written by the account itself",
		);
	});

	test("are told by its name where Meta gives no more", async () => {
		const { run, state, said } = await inboxMachine([commentMention]);
		const comment = state.comments.get("17894227972186120");
		if (comment)
			comment.author = { id: "17841405726653026", username: "bluebottle" };
		const before = said();
		await run("igwh reply --all --message 'Thanks!' --yes");
		expect(await run(`${toComment} --message 'Thanks!'`)).toMatchObject({
			code: 2,
		});
		expect(said()).toEqual(before);
	});

	test("are its own answers too", async () => {
		const { run } = await inboxMachine([ownMediaComment]);
		await run("igwh reply --comment-id 17870913679156914 --message 'Ours'");
		expect(
			await run("igwh reply --comment-id 17911496353086895 --message 'x'"),
		).toMatchObject({ code: 2 });
	});
});

describe("whether the account wrote it", () => {
	const byName = (name: () => string | undefined) => {
		return {
			change: (world: World): World => ({
				...world,
				network: {
					...world.network,
					call: async (request) => {
						if (!/fields=username&/.test(request.url))
							return world.network.call(request);
						const username = name();
						return textResponse(
							username === undefined ? 503 : 200,
							JSON.stringify(
								username === undefined
									? { error: { message: "down", code: 2 } }
									: { username },
							),
						);
					},
				},
			}),
		};
	};

	test.each<[string, () => string | undefined]>([
		["its name cannot be read", () => undefined],
		["Meta does not name it", () => ""],
	])("nothing is sent where %s", async (_, name) => {
		const { run, said } = await inboxMachine([commentMention]);
		const { change } = byName(name);
		for (const line of [
			"igwh reply --all --message 'Thanks!' --yes",
			`${toComment} --message 'Thanks!'`,
			`${toComment} --message 'Thanks!' --resend`,
		])
			expect(await run(line, {}, change)).toMatchObject({ code: 6 });
		expect(said()).toEqual([]);
		expect((await run(`${toComment} --message 'Thanks!'`)).code).toBe(0);
	});

	test("nothing is sent where what is answered cannot be read", async () => {
		const { run, said } = await inboxMachine();
		const down = (world: World): World => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					request.url.includes("mentioned_comment")
						? textResponse(503, '{"error":{"message":"down","code":2}}')
						: world.network.call(request),
			},
		});
		expect(
			await run(`${toComment} --message 'Thanks!'`, {}, down),
		).toMatchObject({ code: 6 });
		expect(said()).toEqual([]);
	});

	test("a renamed account is noticed", async () => {
		const { run, state, said } = await inboxMachine([
			captionMention,
			commentMention,
		]);
		const account = state.accounts.get("17841405726653026");
		const comment = state.comments.get("17894227972186120");
		const media = state.media.get("17918195224117851");
		if (!account || !comment || !media) throw new Error("not in the sandbox");
		await run("igwh lookup 17918195224117851");
		account.username = "bluebottle.roasters";
		comment.author = account;
		comment.text = "@bluebottle.roasters is us";
		const before = said();
		expect(await run(`${toComment} --message 'Thanks!'`)).toMatchObject({
			code: 2,
		});
		expect(said()).toEqual(before);
	});
});

describe("a comment that mentions two accounts", () => {
	const second = "17841405309211844";
	async function mentionedTwice() {
		const machine = await inboxMachine([commentMention]);
		const comment = machine.state.comments.get("17894227972186120");
		if (comment) comment.text = "@bluebottle @slowmorning challenge?";
		await receive(machine, [commentMention], second);
		const authors = () =>
			[...machine.state.comments.values()]
				.filter(({ text }) => text === "Yes!")
				.map(({ author }) => author.username);
		return { ...machine, authors };
	}
	const line = `${toComment} --message 'Yes!'`;
	/** Without the sandbox's credentials, at the sandbox's store. */
	const bare = (world: World): World => ({
		...world,
		openDatabase: (path) =>
			world.openDatabase(path.replace("igwh.db", "sandbox.db")),
	});

	test("is answered by the configured one", async () => {
		const { run, authors } = await mentionedTwice();
		expect(await run(line)).toMatchObject({ code: 0 });
		expect(authors()).toEqual(["bluebottle"]);
	});

	test("is answered by the one the flag names, once each", async () => {
		const { run, authors } = await mentionedTwice();
		const other = `${line} --ig-user-id ${second}`;
		expect(await run(other)).toMatchObject({ code: 0 });
		expect(authors()).toEqual(["slowmorning"]);
		expect(await run(other)).toMatchObject({ code: 2 });
		expect((await run("igwh lookup --json")).records).toMatchObject([
			{ igUserId: "17841405726653026" },
		]);
	});

	test("is answered by nobody where nothing says by whom", async () => {
		const { run, authors, env } = await mentionedTwice();
		env.IGWH_SANDBOX = "0";
		env.IGWH_GRAPH_URL = "http://127.0.0.1:7302";
		env.IGWH_USER_TOKEN = "EAASandboxUserToken";
		expect(await run(line, {}, bare)).toMatchObject({
			code: 2,
			err: `igwh: 17894227972186120 was received by several accounts: 17841405726653026, ${second}\n  choose the account that answers: --ig-user-id 17841405726653026 or --ig-user-id ${second}`,
		});
		expect(authors()).toEqual([]);
	});

	test("is not answered by the configured one where only the other received it", async () => {
		const machine = await inboxMachine();
		const comment = machine.state.comments.get("17894227972186120");
		if (comment) comment.text = "@slowmorning challenge?";
		await receive(machine, [commentMention], second);
		expect(await machine.run(line)).toMatchObject({
			code: 2,
			err: expect.stringContaining(`--ig-user-id ${second}`),
		});
		const { out } = await machine.run("igwh lookup");
		expect(out).toContain(`--ig-user-id ${second} --message`);
		expect(await machine.run(`${line} --ig-user-id ${second}`)).toMatchObject({
			code: 0,
		});
	});

	test("an account whose token is missing does not stop the others", async () => {
		const { run, authors, env } = await mentionedTwice();
		env.IGWH_SANDBOX = "0";
		env.IGWH_GRAPH_URL = "http://127.0.0.1:7302";
		env.IGWH_PAGE_TOKEN = "EAASandboxPageToken";
		const line = "igwh reply --all --message 'Yes!' --yes";
		const all = await run(line, {}, bare);
		expect(all.code).toBe(6);
		expect(all.out).toContain(`no token for account ${second}`);
		expect(authors()).toEqual(["bluebottle"]);
		expect(
			await run(
				`igwh lookup 17894227972186120 --ig-user-id ${second}`,
				{},
				bare,
			),
		).toMatchObject({ code: 4 });
		env.IGWH_USER_TOKEN = "EAASandboxUserToken";
		expect(await run(line, {}, bare)).toMatchObject({ code: 0 });
		expect(authors()).toEqual(["bluebottle", "slowmorning"]);
	});
});

test("Ctrl-C during --all sends no more", async () => {
	const { run, said } = await inboxMachine(everything);
	const interruption = new AbortController();
	const stopped = await run(
		"igwh reply --all --message 'Thanks!' --yes",
		{},
		(world) => ({
			...world,
			interrupt: interruption.signal,
			network: {
				...world.network,
				call: async (request) => {
					const response = await world.network.call(request);
					if (request.method === "POST") interruption.abort();
					return response;
				},
			},
		}),
	);
	expect(stopped.code).toBe(130);
	expect(said()).toHaveLength(1);
});

describe("by flags", () => {
	test("each kind of target has its own call", async () => {
		const machine = await inboxMachine(everything);
		await machine.run("igwh reply --all --message 'Thanks!' --yes");
		const posts = machine.sent
			.filter(({ method }) => method === "POST")
			.map(({ url, body }) => {
				const form = new URLSearchParams(Buffer.from(body).toString());
				form.delete("appsecret_proof");
				return `${new URL(url).pathname} ${form}`;
			});
		expect(posts).toEqual([
			"/v25.0/17841405726653026/mentions media_id=17918195224117851&comment_id=17894227972186120&message=Thanks%21",
			"/v25.0/17841405726653026/mentions media_id=17918195224117851&message=Thanks%21",
			"/v25.0/17870913679156914/replies message=Thanks%21",
			"/v25.0/17858304291647035/replies message=Thanks%21",
		]);
	});

	test.each([
		["--message -", { stdin: "from stdin\n" }],
		["--message-file answer.txt", {}],
	])("%s", async (flags, person) => {
		const { run, said, files } = await inboxMachine();
		files.set("answer.txt", "from stdin\n");
		expect(await run(`${toComment} ${flags}`, person)).toMatchObject({
			code: 0,
		});
		expect(said()).toEqual(["from stdin"]);
	});

	test.each([
		["--all", "no message: give the text of the answer"],
		["--message x", "no target: give --comment-id, --media-id or --all"],
		["--template x --media-id 1", "--template needs --all"],
		["--all --message x --comment-id 1", "--all cannot be used with an id"],
		["--all --message x --template y", "more than one text given"],
		["--all --template {{name}}", "--template '{{name}}' is not a placeholder"],
		["--all --message x", "the confirmation needs a terminal"],
		["--media-id 1 --message-file none", "no such file: none"],
		["--media-id 1)x --message y", "--media-id '1)x' is not a valid id"],
		["--media-id 1 --message abcd --max-length 3", "the limit is 3"],
		["--media-id 1 --message #a#b --max-hashtags 0", "2 hashtags"],
		["", "the list of mentions needs a terminal"],
	])("%s is refused", async (flags, message) => {
		const { run, said } = await inboxMachine([commentMention]);
		const refused = await run(`igwh reply ${flags}`);
		expect(refused.err).toContain(message);
		expect(refused.code).toBe(2);
		expect(said()).toEqual([]);
	});

	test("a dry run shows every answer and leaves no trace", async () => {
		const machine = await inboxMachine([commentMention, captionMention]);
		const { run, said } = machine;
		const line = "igwh reply --all --template 'Thanks @{{username}}!'";
		expect(await run(`${line} --dry-run`)).toMatchObject({
			code: 0,
			out: [
				"would answer comment 17894227972186120 of @duncan.macleod: Thanks @duncan.macleod!",
				"    @bluebottle challenge?",
				"would answer media 17918195224117851 of @highlander.films: Thanks @highlander.films!",
				"    @bluebottle There can be only one!",
				"2 answers would be sent",
			].join("\n"),
		});
		expect(said()).toEqual([]);
		const declined = await run(line, { answers: [false] });
		expect(declined.asked[0]).toContain("Send these 2 answers?");
		expect(said()).toEqual([]);
		await run(line, { answers: [true] });
		expect(said()).toHaveLength(2);
	});

	test("a dry run counts what cannot be answered", async () => {
		const { run, state } = await inboxMachine([commentMention, captionMention]);
		state.comments.delete("17894227972186120");
		const dry = await run("igwh reply --all --message x --dry-run");
		expect(dry.out).toContain("1 answer would be sent, 1 cannot be answered");
		expect(dry.code).toBe(6);
	});

	test("a live comment is looked up, and cannot be answered", async () => {
		const { run, state } = await inboxMachine();
		const media = state.media.get("17955061238374021");
		if (media) media.productType = "LIVE";
		const { out } = await run("igwh lookup 17870913679156914");
		expect(out).toContain("live");
		expect(out).not.toContain("answer:");
		expect(
			await run("igwh reply --comment-id 17870913679156914 --message 'x'"),
		).toMatchObject({
			code: 2,
			err: expect.stringContaining("is on a live video"),
		});
	});

	test("one that Meta refuses does not stop the others", async () => {
		const { run, said, state } = await inboxMachine(everything);
		const comment = state.comments.get("17870913679156914");
		if (comment) comment.hidden = true;
		const all = await run("igwh reply --all --message 'Thanks!' --yes");
		expect(all).toMatchObject({
			code: 6,
			out: expect.stringContaining(
				"✗ comment 17870913679156914 was not answered",
			),
		});
		expect(said()).toHaveLength(3);
		expect((await run("igwh lookup --state failed")).out).toContain("failed");
	});
});

describe("at a terminal", () => {
	const compose = ["challenge", "Write an answer"];

	test("what is written can be changed, dropped and taken up again", async () => {
		const { run, said } = await inboxMachine([commentMention]);
		const { code } = await run("igwh reply", {
			answers: [
				...compose,
				"Yse!",
				"Change it",
				"Yes!",
				"Discard it",
				...compose,
				"Yes, today!",
				"Send it",
			],
		});
		expect(code).toBe(0);
		expect(said()).toEqual(["Yes, today!"]);
	});

	test("a draft lasts until its answer is recorded", async () => {
		const { run, said, files, state } = await inboxMachine([commentMention]);
		const write = [...compose, "Yes!", "Send it"];
		const drafts = () => [...files.keys()].filter((path) => /draft/.test(path));
		// Refused: the text is not lost.
		await run(
			"igwh reply",
			{ answers: [...write, "Stop here"] },
			refusing(506),
		);
		expect(drafts()).toEqual([
			".igwh/sandbox-drafts/17841405726653026-17894227972186120.txt",
		]);
		const { asked } = await run("igwh reply", {
			answers: ["draft)", "Continue your draft", "Yes, sir!", "Discard it"],
		});
		expect(asked[0]).toContain("@duncan.macleod (failed, draft): @bluebottle");
		expect(drafts()).toEqual([]);
		// In doubt: it is recorded as such.
		await run(
			"igwh reply",
			{ answers: ["Show 1 failed", ...write] },
			silent("before"),
		);
		expect(drafts()).toEqual([]);
		expect(said()).toEqual([]);
		expect(state.comments.has("17894227972186120")).toBe(true);
	});

	test("failed ones are folded, the newest come first", async () => {
		const { run, state } = await inboxMachine(everything);
		state.comments.delete("17870913679156914");
		const { asked } = await run("igwh reply", {
			answers: ["Show 1 failed", "Hide the failed", "Stop here"],
		});
		expect(asked.map((question) => question.split("\n  ").slice(1))).toEqual([
			[
				expect.stringContaining("The second one, framed, please"),
				expect.stringContaining("There can be only one!"),
				expect.stringContaining("challenge?"),
				...["Show 1 failed", "Stop here"],
			],
			[
				expect.stringContaining("The second one, framed, please"),
				expect.stringContaining("There can be only one!"),
				expect.stringContaining("challenge?"),
				expect.stringContaining("(failed): Which beans are these?"),
				...["Hide the failed ones", "Stop here"],
			],
			expect.anything(),
		]);
	});

	test("an id alone asks for the text, unless it was answered", async () => {
		const { run, said } = await inboxMachine([commentMention]);
		const dry = await run(`${toComment} --dry-run`, {
			answers: ["Yes!", "Send it"],
		});
		expect(dry.out).toContain("would answer comment 17894227972186120");
		expect(said()).toEqual([]);
		const sent = await run(toComment, { answers: ["Yes!", "Send it"] });
		expect(sent.code).toBe(0);
		expect(await run(toComment, { answers: [] })).toMatchObject({
			code: 2,
			asked: [],
			err: expect.stringContaining("was answered on"),
		});
		expect(said()).toEqual(["Yes!"]);
	});

	test("an editor takes several lines", async () => {
		const { run, said } = await inboxMachine([commentMention]);
		await run("igwh reply", {
			answers: ["challenge", "in the editor", "Send it"],
			editor: (text) => `first\nsecond\n${text}`,
		});
		expect(said()).toEqual(["first\nsecond"]);
	});

	test("skip and done can be undone, the page opened", async () => {
		const { run, said, opened } = await inboxMachine([commentMention]);
		const { code, asked } = await run("igwh reply", {
			answers: [
				...["challenge", "Skip it", "Undo"],
				...["challenge", "Mark it as answered", "Undo"],
				...["challenge", "Open it in the browser", "Back to the list"],
				"Stop here",
			],
		});
		expect(code).toBe(0);
		expect(asked[2]).toContain(
			"Undo: @duncan.macleod: @bluebottle challenge? — skipped",
		);
		expect(opened).toEqual(["https://www.instagram.com/p/AD-ogO1Zgls/"]);
		expect(said()).toEqual([]);
		expect((await run("igwh lookup")).out).toContain("@bluebottle challenge?");
	});

	test("Ctrl-C at any prompt leaves everything as it was", async () => {
		const answers = [...compose, "Yes!", "Send it"];
		for (let count = 0; count < answers.length; count++) {
			const { run, said } = await inboxMachine([commentMention]);
			const person = { answers: answers.slice(0, count) };
			expect((await run("igwh reply", person)).code).toBe(130);
			expect(said()).toEqual([]);
			expect((await run("igwh lookup --json")).records).toMatchObject([
				{ inbox: { state: "new" } },
			]);
		}
	});

	test("an answer in doubt is shown as such, sent again or trusted", async () => {
		const { run, said, clock } = await inboxMachine([commentMention]);
		await run(`${toComment} --message 'Yes!'`, {}, silent("before"));
		await clock.sleep(61_000);
		const shown = await run("igwh reply", {
			answers: ["perhaps answered", "Mark it as answered", "Undo", "Stop here"],
		});
		expect(shown.code).toBe(0);
		await run("igwh reply", {
			answers: ["perhaps answered", "Send the same again: Yes!"],
		});
		expect(said()).toEqual(["Yes!"]);
	});

	test("what arrives meanwhile is in the list the next time", async () => {
		const machine = await inboxMachine([commentMention]);
		const { asked } = await machine.run(
			"igwh reply",
			{ answers: ["challenge", "Open it", "Back to the list", "Stop here"] },
			(world) => ({
				...world,
				processes: {
					...world.processes,
					openPage: async () => {
						await receive(machine, [ownMediaComment]);
						return true;
					},
				},
			}),
		);
		expect(asked[0]).not.toContain("Which beans are these?");
		expect(asked[3]).toContain("Which beans are these?");
	});
});

test("a token that is not configured is asked for once", async () => {
	const { run, env } = await inboxMachine();
	env.IGWH_SANDBOX = "0";
	env.IGWH_GRAPH_URL = "http://127.0.0.1:7302";
	env.IGWH_IG_USER_ID = "17841405726653026";
	const { asked: questions, records } = await run(
		"igwh lookup 17894227972186120 17918195224117851 --json",
		{ answers: ["EAASandboxPageToken"] },
	);
	expect(questions).toHaveLength(1);
	expect(records).toHaveLength(2);
});
