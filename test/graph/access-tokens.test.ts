import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { accessTokens } from "../../src/graph/access-tokens.ts";
import { graphClient } from "../../src/graph/graph-client.ts";
import { textResponse } from "../../src/http.ts";
import { createMachine } from "../support/memory-world.ts";

const owner = { id: "1", instagram_business_account: { id: "17" } };
const second = {
	id: "2",
	access_token: "EAASECOND",
	instagram_business_account: { id: "18" },
};

/** Tokens of this environment; `down` answers the first so many calls with 503. */
async function tokens(
	env: Record<string, string>,
	down = 0,
	{ pages = [second], page = owner }: { pages?: object[]; page?: object } = {},
) {
	const machine = createMachine({
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		...env,
	});
	const calls: string[] = [];
	await machine.serve(
		async ({ target }) => {
			calls.push(target.replace(/.*v25.0|\?.*/g, ""));
			if (calls.length <= down) return textResponse(503, "{}");
			return textResponse(
				200,
				JSON.stringify(target.includes("accounts") ? { data: pages } : page),
			);
		},
		{ port: 7302, maxBodyBytes: 1e6 },
	);
	const world = machine.world();
	const config = await loadConfig({}, world, {});
	return { ...accessTokens(config, graphClient(config, world)), calls };
}

const pageToken = { IGWH_PAGE_TOKEN: "EAAPAGE" };
const userToken = { IGWH_USER_TOKEN: "EAAUSER" };

describe("a page token", () => {
	test("is used for its own page and account, found out once", async () => {
		const { ofAccount, ofPage, calls } = await tokens(pageToken);
		expect((await ofAccount("17")).reveal()).toBe("EAAPAGE");
		expect((await ofPage("1")).reveal()).toBe("EAAPAGE");
		expect(calls).toEqual(["/me"]);
	});

	test("is used for no other, whatever is configured", async () => {
		const { ofAccount, ofPage } = await tokens({
			...pageToken,
			IGWH_IG_USER_ID: "18",
			IGWH_PAGE_ID: "2",
		});
		const message = ": IGWH_PAGE_TOKEN belongs to page 1 with account 17";
		await expect(ofAccount("18")).rejects.toMatchObject({
			code: "permission",
			message: `no token for account 18${message}`,
		});
		await expect(ofPage("2")).rejects.toMatchObject({
			code: "permission",
			message: `no token for page 2${message}`,
		});
	});
});

test("with a user token, the others are looked up", async () => {
	const { ofAccount, ofPage } = await tokens({ ...pageToken, ...userToken });
	expect((await ofAccount("17")).reveal()).toBe("EAAPAGE");
	expect((await ofAccount("18")).reveal()).toBe("EAASECOND");
	expect((await ofPage("2")).reveal()).toBe("EAASECOND");
	await expect(ofAccount("19")).rejects.toMatchObject({
		message: "the user token has no access to account 19; its pages: 2",
	});
});

test.each([pageToken, userToken])("a failure is not kept", async (env) => {
	const { ofPage, calls } = await tokens(env, 1);
	const id = env === pageToken ? "1" : "2";
	await expect(ofPage(id)).rejects.toMatchObject({ about: "moment" });
	await ofPage(id);
	await ofPage(id);
	expect(calls).toHaveLength(2);
});

test("a user token in the page token's place is named", async () => {
	const machine = createMachine({
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		...pageToken,
	});
	const error = {
		message:
			"(#100) Tried accessing nonexisting field (instagram_business_account) on node type (User)",
		code: 100,
	};
	await machine.serve(
		async () => textResponse(400, JSON.stringify({ error })),
		{
			port: 7302,
			maxBodyBytes: 1e6,
		},
	);
	const world = machine.world();
	const config = await loadConfig({}, world, {});
	const { ofPage } = accessTokens(config, graphClient(config, world));
	await expect(ofPage("1")).rejects.toMatchObject({
		code: "token",
		message: "IGWH_PAGE_TOKEN does not hold a page token",
		hint: expect.stringContaining("IGWH_USER_TOKEN"),
		cause: { graphCode: 100 },
	});
});

test("whose token is missing is said, with what helps", async () => {
	const none = await tokens(userToken, 0, { pages: [], page: {} });
	await expect(none.ofPage("9")).rejects.toMatchObject({
		code: "permission",
		message: "the user token has no access to page 9; its pages: none",
		hint: expect.stringContaining("pages_show_list"),
	});
	const two = await tokens(userToken, 0, { pages: [second, { id: "3" }] });
	await expect(two.ofPage("9")).rejects.toMatchObject({
		message: "the user token has no access to page 9; its pages: 2, 3",
	});
	const alone = await tokens(pageToken, 0, { page: { id: "1" } });
	await expect(alone.ofAccount("17")).rejects.toMatchObject({
		message:
			"no token for account 17: IGWH_PAGE_TOKEN belongs to page 1, which has no linked Instagram account",
		hint: expect.stringContaining("set IGWH_USER_TOKEN"),
	});
});
