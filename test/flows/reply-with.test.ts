import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { sandboxCredentials } from "../../src/sandbox/credentials.ts";
import type { Finished, World } from "../../src/world.ts";
import {
	captionMention,
	commentMention,
	inboxMachine,
	ownMediaComment,
} from "../support/inbox-machine.ts";
import { igUserId } from "../support/sandbox-world.ts";

type Program = (input: string) => Partial<Finished>;

/** Listens with a program that answers, while these changes arrive. */
async function listening(
	changes: readonly object[],
	program: Program,
	change?: (world: World) => World,
) {
	const machine = await inboxMachine();
	const listener = await machine.start(
		"igwh listen --port 7300 --reply-with bot",
		{ programs: { bot: program } },
		change,
	);
	await listener.until("Listening");
	for (const value of changes)
		await machine.run("igwh replay -", {
			stdin: JSON.stringify({
				object: "instagram",
				entry: [{ id: igUserId, time: 1_760_000_000, changes: [value] }],
			}),
		});
	return { ...machine, listener };
}

test("a program reads each mention and answers it, or does not", async () => {
	const read: unknown[] = [];
	const { listener, said } = await listening(
		[commentMention, ownMediaComment, commentMention],
		(input) => {
			const mention = JSON.parse(input);
			read.push(mention);
			return {
				stdout:
					mention.field === "comments" ? " \n" : `Hi @${mention.username}!\n`,
			};
		},
	);
	await listener.until("✓ answered");
	expect((await listener.stop()).code).toBe(130);
	expect(read).toMatchObject([
		{ commentId: "17894227972186120", text: "@bluebottle challenge?" },
		{ commentId: "17870913679156914", text: "Which beans are these?" },
	]);
	expect(said()).toEqual(["Hi @duncan.macleod!"]);
});

test("its own answer, delivered as a comment, is not answered", async () => {
	let asked = 0;
	const { listener, said, run } = await listening([], () => {
		asked++;
		return { stdout: "Thanks!" };
	});
	await run("igwh subscribe --callback http://127.0.0.1:7300/webhook");
	await run("igwh trigger comments");
	await listener.until(/@bluebottle \(reply\): Thanks!/);
	await listener.stop();
	expect(asked).toBe(1);
	expect(said()).toEqual(["Thanks!"]);
});

test.each<[string, Program, string]>([
	[
		"fails",
		() => ({ code: 3, stderr: "Traceback\nKeyError: 'x'" }),
		"bot ended with 3: KeyError: 'x'",
	],
	[
		"prints no text",
		() => ({ stdout: "\ufffd", problem: "its output is not text in UTF-8" }),
		"bot: its output is not text in UTF-8",
	],
	["is too slow", () => ({ timedOut: true }), "bot gave no answer within 30 s"],
	[
		"says too much",
		() => ({ stdout: "x".repeat(2201) }),
		"it has 2201 characters; the limit is 2200",
	],
])("a program that %s stops nothing", async (_, program, reason) => {
	let calls = 0;
	const { listener, said } = await listening(
		[commentMention, captionMention],
		(input) => (calls++ === 0 ? program(input) : { stdout: "Thanks!" }),
	);
	await listener.until("✓ answered media");
	const { out, code } = await listener.stop();
	expect(out).toContain("✗ comment 17894227972186120 was not answered");
	expect(out).toContain(reason);
	expect(code).toBe(130);
	expect(said()).toEqual(["Thanks!"]);
});

test("a rate limit ends the answers, not the listening", async () => {
	let calls = 0;
	const { listener, said, run } = await listening(
		[commentMention, captionMention],
		() => {
			calls++;
			return { stdout: "Thanks!" };
		},
		(world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					request.method === "POST"
						? textResponse(
								400,
								JSON.stringify({ error: { message: "limit", code: 80002 } }),
							)
						: world.network.call(request),
			},
		}),
	);
	await listener.until("no more answers in this run");
	await listener.stop();
	expect(calls).toBe(1);
	expect(said()).toEqual([]);
	await run("igwh reply --all --message 'Later' --yes");
	expect(said()).toEqual(["Later", "Later"]);
});

test.each([
	["the app", 3, []],
	["the token of one account", 190, ["slowmorning"]],
])(
	"a refusal about %s (code %i) ends the answers it would meet too",
	async (_, code, answered: string[]) => {
		const second = "17841405309211844";
		const machine = await inboxMachine();
		const comment = machine.state.comments.get("17894227972186120");
		if (comment) comment.text = "@bluebottle @slowmorning challenge?";
		const refused: string[] = [];
		const listener = await machine.start(
			"igwh listen --port 7300 --reply-with bot",
			{ programs: { bot: () => ({ stdout: "Thanks!" }) } },
			(world) => ({
				...world,
				network: {
					...world.network,
					call: async (request) => {
						if (request.method !== "POST" || request.url.includes(second))
							return world.network.call(request);
						refused.push(request.url);
						return textResponse(
							400,
							JSON.stringify({ error: { message: "no", code } }),
						);
					},
				},
			}),
		);
		await listener.until("Listening");
		for (const [account, change] of [
			[igUserId, commentMention],
			[igUserId, captionMention],
			[second, commentMention],
		] as const) {
			const entry = [{ id: account, time: 1, changes: [change] }];
			await machine.run("igwh replay -", {
				stdin: JSON.stringify({ object: "instagram", entry }),
			});
		}
		await listener.until(
			answered.length > 0
				? "✓ answered"
				: /comment 17894227972186120 was not answered\s+no more answers/,
		);
		await listener.stop();
		expect(refused).toHaveLength(1);
		expect(
			[...machine.state.comments.values()]
				.filter(({ text }) => text === "Thanks!")
				.map(({ author }) => author.username),
		).toEqual(answered);
	},
);

test("an answer under way when listening ends comes to its end", async () => {
	let release = () => {};
	let reached = () => {};
	const posted = new Promise<void>((resolve) => {
		reached = resolve;
	});
	const { listener, said, run } = await listening(
		[commentMention],
		() => ({ stdout: "Thanks!" }),
		(world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) => {
					if (request.method !== "POST") return world.network.call(request);
					reached();
					await new Promise<void>((resolve) => {
						release = resolve;
					});
					return world.network.call(request);
				},
			},
		}),
	);
	await posted;
	const stopping = listener.stop();
	release();
	expect((await stopping).code).toBe(130);
	expect(said()).toEqual(["Thanks!"]);
	expect(
		(await run("igwh lookup --state answered --json")).records,
	).toHaveLength(1);
});

test("what could not be read is answered when Meta delivers it again", async () => {
	let down = true;
	const { listener, said, run } = await listening(
		[commentMention],
		() => ({ stdout: "Thanks!" }),
		(world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					down && request.url.includes("mentioned_comment")
						? textResponse(
								503,
								'{"error":{"message":"down","code":2,"is_transient":true}}',
							)
						: world.network.call(request),
			},
		}),
	);
	await listener.until("was not answered");
	down = false;
	await run("igwh replay mentions --to http://127.0.0.1:7300/webhook");
	await listener.until("✓ answered");
	await listener.stop();
	expect(said()).toEqual(["Thanks!"]);
});

test("one failed list of pages does not end other accounts' answers", async () => {
	const machine = await inboxMachine();
	Object.assign(machine.env, {
		IGWH_SANDBOX: "0",
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		IGWH_USER_TOKEN: "EAASandboxUserToken",
		IGWH_APP_SECRET: sandboxCredentials.appSecret,
		IGWH_VERIFY_TOKEN: "v",
	});
	let failures = 1;
	const listener = await machine.start(
		"igwh listen --no-tunnel --reply-with bot",
		{ programs: { bot: () => ({ stdout: "Thanks!" }) } },
		(world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) =>
					request.url.includes("/me/accounts") && failures-- > 0
						? textResponse(500, '{"error":{"message":"down","code":1}}')
						: world.network.call(request),
			},
		}),
	);
	await listener.until("Listening");
	await machine.run("igwh replay mentions --to http://127.0.0.1:7300/webhook");
	await listener.until("was not answered");
	await machine.run(
		"igwh replay mentions-caption --to http://127.0.0.1:7300/webhook",
	);
	await listener.until("✓ answered");
	await listener.stop();
	expect(machine.said()).toEqual(["Thanks!"]);
});
