import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sandboxInstagramLogin } from "../../../../src/sandbox/credentials.ts";
import type { Comment } from "../../../../src/sandbox/simulation/state.ts";
import {
	igUserId,
	pageToken,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

const cup = "17955061238374021";
const ownComment = "17870913679156914";
const bogus = "400 OAuthException 2642: (#2642) Invalid cursors values";

/** A sandbox whose cup has that many comments, besides its own; ids count from 1000. */
function startWithComments(count: number) {
	const running = startSandbox();
	let id = 1000;
	const add = () => {
		const comment: Comment = {
			kind: "comment",
			id: String(id++),
			mediaId: cup,
			author: { id: "2817305946120738", username: "duncan.macleod" },
			text: "one more",
			createdAt: running.world.clock.now(),
			hidden: false,
		};
		running.state.comments.set(comment.id, comment);
	};
	for (let made = 0; made < count; made++) add();
	const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, "");
	return { ...running, add, pathOf };
}

const idsOf = ({ data }: { data: { id: string }[] }) =>
	data.map(({ id }) => id);

test("every item is listed exactly once, in order, while others are added", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 30 }),
			fc.integer({ min: 1, max: 7 }),
			fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
			async (count, limit, added) => {
				const { ask, add, pathOf } = startWithComments(count);
				const all = await ask(`GET /${cup}/comments?limit=100`, {
					token: pageToken,
				});
				const seen: string[] = [];
				let target: string | undefined =
					`/${cup}/comments?limit=${limit}&access_token=${pageToken}`;
				while (target) {
					const { json } = await ask(`GET ${target}`);
					seen.push(...idsOf(json));
					expect(json.data.length).toBeLessThanOrEqual(limit);
					for (let more = added.shift() ?? 0; more > 0; more--) add();
					target = json.paging?.next && pathOf(json.paging.next);
				}
				expect(seen).toEqual(idsOf(all.json));
			},
		),
		{ numRuns: 50 },
	);
});

test("`previous` goes the same way back", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 7 }),
			async (count, limit) => {
				const { ask, pathOf } = startWithComments(count);
				const parts: string[][] = [];
				let target = `/${cup}/comments?limit=${limit}&access_token=${pageToken}`;
				let last = await ask(`GET ${target}`);
				for (; last.json.paging.next; last = await ask(`GET ${target}`)) {
					parts.push(idsOf(last.json));
					target = pathOf(last.json.paging.next);
				}
				while (last.json.paging.previous) {
					last = await ask(`GET ${pathOf(last.json.paging.previous)}`);
					expect(idsOf(last.json)).toEqual(parts.pop());
				}
				expect(parts).toEqual([]);
			},
		),
		{ numRuns: 20 },
	);
});

describe("a link leads back to the sandbox as it was called", () => {
	const link = async (
		line: string,
		{ token, host }: { token?: string; host?: string } = {},
	) => {
		const { ask } = startWithComments(3);
		const headers: [string, string][] = [
			["Host", host ?? "127.0.0.1:7302"],
			["Authorization", `Bearer ${token ?? pageToken}`],
		];
		const { json } = await ask(`GET ${line}`, { headers });
		const [list = json] = [json.comments, json.media];
		return list.paging.next ?? list.paging.previous;
	};

	test("with version, limit and fields, without a token of the header", async () => {
		expect(
			await link(
				`/v23.0/${cup}/comments?fields=id,replies.limit(3){text}&limit=1`,
			),
		).toBe(
			`http://127.0.0.1:7302/v23.0/${cup}/comments?fields=id%2Creplies.limit%283%29%7Btext%7D&limit=1&after=MTAwMg`,
		);
	});

	test("from a field, on the port that was asked", async () => {
		expect(
			await link(`/${cup}?fields=comments.limit(2){text}`, {
				host: "localhost:4711",
			}),
		).toBe(
			`http://localhost:4711/v25.0/${cup}/comments?fields=text&limit=2&after=MTAwMQ`,
		);
	});

	test("on graph.instagram.com", async () => {
		expect(
			await link("/instagram/me/media?limit=1", {
				token: sandboxInstagramLogin.token,
			}),
		).toBe(
			`http://127.0.0.1:7302/instagram/v25.0/${igUserId}/media?limit=1&after=${Buffer.from("17963412875096604").toString("base64url")}`,
		);
	});
});

test.each([
	[`/${cup}/comments?after=bm8`, pageToken, bogus],
	[`/${cup}/comments?before=%3F`, pageToken, bogus],
	[`/${igUserId}/media?after=1`, pageToken, bogus],
	["/me/accounts?after=1", userToken, bogus],
	[`/${ownComment}?fields=replies.after(1)`, pageToken, bogus],
	[
		`/${cup}/comments?limit=some`,
		pageToken,
		"400 OAuthException 100: (#100) Param limit must be a non-negative integer",
	],
	[`/${cup}/comments?limit=0`, pageToken, '200 {"data":[]}'],
])("GET %s", async (target, token, expected) => {
	const { refusal } = startSandbox();
	expect(await refusal(`GET ${target}`, { token })).toBe(expected);
});

test("the pictures of an album have no paging, but a limit", async () => {
	const { ask } = startSandbox();
	const { json } = await ask("GET /17963412875096604/children?limit=2", {
		token: pageToken,
	});
	expect(json).toEqual({
		data: [{ id: "17846310592271197" }, { id: "17846310592271198" }],
	});
});
