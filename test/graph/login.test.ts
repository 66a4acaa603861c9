import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { Secret } from "../../src/config/secret.ts";
import { accessTokens } from "../../src/graph/access-tokens.ts";
import { listPages, readUsername } from "../../src/graph/accounts.ts";
import { readOwnComment } from "../../src/graph/comments.ts";
import { graphClient } from "../../src/graph/graph-client.ts";
import {
	fieldsOfLogin,
	graphUrlOf,
	loginOf,
	loginOfToken,
	requireFields,
} from "../../src/graph/login.ts";
import { readMentionedComment } from "../../src/graph/mentions.ts";
import { readAppSubscription } from "../../src/graph/subscriptions.ts";
import { headerValues, textResponse } from "../../src/http.ts";
import { createMachine } from "../support/memory-world.ts";

const instagram = { IGWH_INSTAGRAM_TOKEN: "IGAATOKEN" };

/** A client, and the calls that arrive: method, path, token, whether with a proof. */
async function client(env: Record<string, string>) {
	const machine = createMachine({
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		IGWH_APP_ID: "1",
		IGWH_APP_SECRET: "secret",
		...env,
	});
	const calls: string[] = [];
	await machine.serve(
		async ({ method, target, headers }) => {
			const [token = ""] = headerValues(headers, "authorization");
			const proof = target.includes("appsecret_proof") ? " with proof" : "";
			calls.push(`${method} ${target.split("?")[0]} ${token}${proof}`);
			return textResponse(
				200,
				'{"user_id":"17841","id":"99","username":"blue","account_type":"BUSINESS"}',
			);
		},
		{ port: 7302, maxBodyBytes: 1e6 },
	);
	const world = machine.world();
	const config = await loadConfig({}, world, {});
	const graph = graphClient(config, world);
	return { graph, calls, config, tokens: accessTokens(config, graph) };
}

test.each([
	["EAAB", "facebook"],
	["IGAAB", "instagram"],
	["IGQVJ", "instagram"],
	["anything", "facebook"],
])("a token that begins with %s is of %s", (token, login) => {
	expect(loginOfToken(new Secret(token))).toBe(login);
});

test.each<[Record<string, string>, string]>([
	[{}, "facebook"],
	[instagram, "instagram"],
	[{ IGWH_PAGE_TOKEN: "EAAB", ...instagram }, "facebook"],
	[{ IGWH_USER_TOKEN: "IGAAB" }, "instagram"],
	[
		{ IGWH_PAGE_TOKEN: "EAAB", ...instagram, IGWH_LOGIN: "instagram" },
		"instagram",
	],
	[{ ...instagram, IGWH_LOGIN: "facebook" }, "facebook"],
])("%j is %s", async (env, login) => {
	expect(loginOf((await client(env)).config)).toBe(login);
});

test.each([
	["instagram", "https://graph.facebook.com", "https://graph.instagram.com"],
	["facebook", "https://graph.instagram.com/", "https://graph.facebook.com"],
	["facebook", "http://127.0.0.1:7302", "http://127.0.0.1:7302"],
	["instagram", "http://127.0.0.1:7302/", "http://127.0.0.1:7302/instagram"],
	[
		"instagram",
		"http://127.0.0.1:7302/instagram",
		"http://127.0.0.1:7302/instagram",
	],
	["facebook", "http://127.0.0.1:7302/instagram", "http://127.0.0.1:7302"],
] as const)("%s at %s is %s", (login, graphUrl, url) => {
	expect(graphUrlOf(login, graphUrl)).toBe(url);
});

describe("with Instagram Login", () => {
	test("calls go to its host with its token and no proof; the app's own do not", async () => {
		const { graph, calls } = await client(instagram);
		await graph(readUsername("17841"));
		await graph(readOwnComment("5"));
		await graph(readAppSubscription("1"));
		expect(calls).toEqual([
			"GET /instagram/v25.0/17841 Bearer IGAATOKEN",
			"GET /instagram/v25.0/5 Bearer IGAATOKEN",
			"GET /v25.0/1/subscriptions Bearer 1|secret",
		]);
	});

	test("its token counts wherever it was put", async () => {
		const { graph, calls } = await client({ IGWH_PAGE_TOKEN: "IGAAPAGE" });
		await graph(readUsername("17841"));
		expect(calls).toEqual(["GET /instagram/v25.0/17841 Bearer IGAAPAGE"]);
	});

	test.each([
		[listPages(), "Instagram Login cannot list or subscribe pages"],
		[
			readMentionedComment("17841", "5"),
			"Instagram Login cannot read the comments and captions that mention an account",
		],
	])("what it cannot do is refused before the call", async (call, message) => {
		const { graph, calls } = await client(instagram);
		await expect(graph<unknown>(call)).rejects.toMatchObject({
			code: "configuration",
			message,
		});
		expect(calls).toEqual([]);
	});

	test("its token is used for its own account only, by the id of deliveries", async () => {
		const { tokens } = await client(instagram);
		expect((await tokens.ofAccount("17841")).reveal()).toBe("IGAATOKEN");
		await expect(tokens.ofAccount("99")).rejects.toMatchObject({
			message:
				"99 is the account's id for this app alone; deliveries name it 17841",
			hint: "set IGWH_IG_USER_ID=17841",
		});
		await expect(tokens.ofAccount("3")).rejects.toMatchObject({
			message:
				"no token for account 3: the Instagram Login token belongs to blue (17841)",
		});
		await expect(tokens.ofPage("1")).rejects.toMatchObject({
			message: "Instagram Login cannot list or subscribe pages",
		});
	});
});

test("fields of Facebook Login alone", () => {
	const fields = ["comments", "mentions", "story_insights"];
	expect(fieldsOfLogin(fields, "facebook")).toEqual(fields);
	expect(fieldsOfLogin(fields, "instagram")).toEqual(["comments"]);
	expect(() => requireFields(fields, "facebook")).not.toThrow();
	expect(() => requireFields(fields, "instagram")).toThrow(
		"Instagram Login cannot subscribe to mentions",
	);
});
