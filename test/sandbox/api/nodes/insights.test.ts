import { describe, expect, test } from "vitest";
import {
	practiceTokens,
	sandboxInstagramLogin,
} from "../../../../src/sandbox/credentials.ts";
import {
	igUserId,
	pageToken,
	startSandbox,
} from "../../../support/sandbox-world.ts";

const cup = "17955061238374021";
const story = "18023345989012587";
const token = pageToken;
const denied =
	"403 OAuthException 10: (#10) Application does not have permission for this action";

describe("of media", () => {
	test("are listed by metric", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(`GET /${cup}/insights?metric=comments,reach`, {
			token,
		});
		expect(json.data).toEqual([
			{
				name: "comments",
				period: "lifetime",
				title: "Comments",
				description: expect.any(String),
				id: `${cup}/insights/comments/lifetime`,
				values: [{ value: 1 }],
			},
			expect.objectContaining({
				name: "reach",
				values: [{ value: expect.any(Number) }],
			}),
		]);
		const again = await ask(
			`GET /${cup}?fields=insights.metric(comments,reach)`,
			{ token },
		);
		expect(again.json.insights).toEqual(json);
	});

	test("of a story have parts, and numbers that fit together", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(
			`GET /${story}/insights?metric=["navigation"]&breakdown=story_navigation_action_type`,
			{ token: practiceTokens.secondPage },
		);
		const [{ total_value }] = json.data;
		const [{ dimension_keys, results }] = total_value.breakdowns;
		expect(dimension_keys).toEqual(["story_navigation_action_type"]);
		const sum = results.reduce(
			(sum: number, { value }: { value: number }) => sum + value,
			0,
		);
		expect(sum).toBe(total_value.value);
	});

	test("of a story are refused below five viewers, and gone with the story", async () => {
		const { ask, refusal, state } = startSandbox();
		const asked = `GET /${story}/insights?metric=reach`;
		const second = { token: practiceTokens.secondPage };
		Object.assign(state.media.get(story) ?? {}, { reach: 4 });
		expect(await refusal(asked, second)).toBe(
			"400 OAuthException 10: (#10) Not enough viewers for the media to show insights",
		);
		state.runningStories.clear();
		expect((await ask(asked, second)).json).toEqual({ data: [] });
	});

	test("of a picture of an album are none", async () => {
		const { ask } = startSandbox();
		const { json } = await ask("GET /17846310592271197/insights?metric=reach", {
			token,
		});
		expect(json).toEqual({ data: [] });
	});

	test("are on graph.instagram.com too", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(`GET /instagram/${cup}/insights?metric=reach`, {
			token: sandboxInstagramLogin.token,
		});
		expect(json.data[0].name).toBe("reach");
	});

	test.each([
		["", token, /The parameter metric is required/],
		[
			"reach,fame",
			token,
			/\(#100\) metric\[1\] must be one of the following values: comments, .*, views$/,
		],
		[
			"navigation",
			token,
			/does not support the navigation metric for this media product type\.$/,
		],
		[
			"impressions",
			token,
			/Starting from version v22\.0 and above, the impressions metric/,
		],
		["reach", practiceTokens.withoutPermissions, /instagram_basic/],
	])("%s with %s are refused", async (metric, token, expected) => {
		const { refusal } = startSandbox();
		expect(
			await refusal(`GET /${cup}/insights?metric=${metric}`, { token }),
		).toMatch(expected);
	});

	test("need a permission of their own", async () => {
		const { refusal, state } = startSandbox();
		state.permissions.set("instagram_manage_insights", "declined");
		for (const target of [
			`/${cup}/insights?metric=reach`,
			`/${igUserId}/insights?metric=reach&period=day`,
			`/${igUserId}?fields=business_discovery.username(slowmorning)`,
		])
			expect(await refusal(`GET ${target}`, { token })).toBe(denied);
	});
});

describe("of an account", () => {
	const edge = `GET /${igUserId}/insights`;

	test("are a value a day, with links to the days around", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(
			`${edge}?metric=reach&period=day&since=1763000000&until=1763172800`,
			{ token },
		);
		expect(json.data).toEqual([
			expect.objectContaining({
				name: "reach",
				id: `${igUserId}/insights/reach/day`,
				values: [
					{ value: expect.any(Number), end_time: "2025-11-14T02:13:20+0000" },
					{ value: expect.any(Number), end_time: "2025-11-15T02:13:20+0000" },
				],
			}),
		]);
		expect(json.paging.next).toContain("since=1763172800&until=1763345600");
		expect(json.paging.previous).toContain("since=1762827200&until=1763000000");
	});

	test("are one total where it is asked for", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(
			`${edge}?metric=views,follower_demographics&period=day&metric_type=total_value`,
			{ token },
		);
		expect(json.data).toEqual([
			expect.objectContaining({
				name: "views",
				total_value: { value: expect.any(Number) },
			}),
		]);
	});

	test.each([
		["metric=reach", /The parameter period is required/],
		["metric=reach&period=year", /Param period must be one of/],
		[
			"metric=views,likes&period=day",
			/The following metrics \(views, likes\) should be specified with parameter metric_type=total_value/,
		],
		[
			"metric=reach&period=day&since=2&until=1",
			/since param must be before until/,
		],
		[
			"metric=reach&period=day&since=0&until=2592001",
			/cannot be more than 30 days/,
		],
		["metric=reach&period=day&since=soon", /Param since is not a valid time/],
	])("%s is refused", async (query, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(`${edge}?${query}`, { token })).toMatch(expected);
	});
});

describe("lists of media", () => {
	test("stories, tags and live videos", async () => {
		const { ask } = startSandbox();
		const second = { token: practiceTokens.secondPage };
		expect(
			(await ask("GET /17841405309211844/stories", second)).json.data,
		).toEqual([{ id: story }]);
		expect(
			(await ask(`GET /${igUserId}/tags?fields=username`, { token })).json.data,
		).toEqual([{ username: "highlander.films", id: "17918195224117851" }]);
		expect(
			(
				await ask(
					`GET /${igUserId}/tags?fields=children,media_product_type,thumbnail_url`,
					{ token },
				)
			).json.data,
		).toEqual([{ media_product_type: "FEED", id: "17918195224117851" }]);
		expect(
			(await ask(`GET /${igUserId}/live_media`, { token })).json.data,
		).toEqual([]);
		await ask("POST /sandbox/trigger", { json: { field: "live_comments" } });
		expect(
			(
				await ask(`GET /${igUserId}/live_media?fields=media_product_type`, {
					token,
				})
			).json.data,
		).toMatchObject([{ media_product_type: "LIVE" }]);
	});
});

describe("business_discovery", () => {
	const find = (rest: string) =>
		`GET /${igUserId}?fields=business_discovery.username(${rest}`;

	test("shows what everybody may see", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(
			find("slowmorning){followers_count,website,media{caption}}"),
			{ token },
		);
		expect(json).toEqual({
			business_discovery: {
				followers_count: 1204,
				media: {
					data: [{ caption: "No hurry.", id: "17881290467513368" }],
					paging: expect.anything(),
				},
				id: "17841405309211844",
			},
			id: igUserId,
		});
	});

	test("finds professional accounts only", async () => {
		const { ask } = startSandbox();
		const { status, json } = await ask(find("duncan.macleod)"), { token });
		expect([status, json.error]).toEqual([
			400,
			expect.objectContaining({
				message: "Invalid user id",
				code: 110,
				error_subcode: 2207013,
				is_transient: false,
				error_user_title: "Cannot find User",
				error_user_msg:
					"The user with username: duncan.macleod cannot be found.",
			}),
		]);
	});

	test.each([
		[
			`GET /${igUserId}?fields=business_discovery`,
			/The parameter username is required/,
		],
		[find("slowmorning){stories}"), /nonexisting field \(stories\)/],
		[find("slowmorning){media{comments}}"), /nonexisting field \(comments\)/],
	])("%s is refused", async (line, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(line, { token })).toMatch(expected);
	});
});
