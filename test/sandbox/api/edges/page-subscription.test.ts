import { expect, test } from "vitest";
import { practiceTokens } from "../../../../src/sandbox/credentials.ts";
import { pageFields } from "../../../../src/webhook/fields.ts";
import {
	appId,
	appToken,
	pageId,
	pageToken,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

const edge = `/${pageId}/subscribed_apps`;
const row = (fields: string[]) => ({
	data: [
		{
			category: "Business",
			link: "https://sandbox.example/app",
			name: "igwh sandbox",
			id: appId,
			subscribed_fields: fields,
		},
	],
});

test.each([edge, "/me/subscribed_apps", `/v26.0${edge}`])(
	"%s: a page is subscribed, changed and unsubscribed",
	async (edge) => {
		const { ask } = startSandbox();
		const read = async () =>
			(await ask(`GET ${edge}`, { token: pageToken })).json;
		expect(await read()).toEqual({ data: [] });
		await ask(`POST ${edge}`, {
			token: pageToken,
			form: { subscribed_fields: "feed, mention" },
		});
		expect(await read()).toEqual(row(["feed", "mention"]));
		await ask(`POST ${edge}`, {
			token: pageToken,
			json: { subscribed_fields: ["messages"] },
		});
		expect(await read()).toEqual(row(["messages"]));
		const { json } = await ask(`DELETE ${edge}`, { token: pageToken });
		expect(json).toEqual({ success: true });
		expect(await read()).toEqual({ data: [] });
	},
);

test("an app token may unsubscribe too", async () => {
	const { ask, state } = startSandbox();
	await ask(`POST ${edge}?subscribed_fields=feed`, { token: pageToken });
	await ask(`DELETE ${edge}`, { token: appToken });
	expect(state.pages.get(pageId)).not.toHaveProperty("subscribedFields");
});

const wantsPageToken =
	"400 OAuthException 210: (#210) A page access token is required to request this resource.";
const noPermission =
	"403 OAuthException 200: (#200) Requires pages_manage_metadata permission to manage the object";
test.each([
	[`POST ${edge}?subscribed_fields=feed`, userToken, wantsPageToken],
	[`POST ${edge}?subscribed_fields=feed`, appToken, wantsPageToken],
	[`GET ${edge}`, userToken, wantsPageToken],
	["GET /me/subscribed_apps", userToken, wantsPageToken],
	[`DELETE ${edge}`, userToken, wantsPageToken],
	[
		`POST ${edge}`,
		pageToken,
		"400 OAuthException 100: (#100) The parameter subscribed_fields is required.",
	],
	[
		`POST ${edge}?subscribed_fields=comments`,
		pageToken,
		`400 OAuthException 100: (#100) Param subscribed_fields[0] must be one of {${[...pageFields].join(", ")}} - got "comments".`,
	],
	[
		`POST ${edge}?subscribed_fields=feed,story_insights`,
		pageToken,
		`400 OAuthException 100: (#100) Param subscribed_fields[1] must be one of {${[...pageFields].join(", ")}} - got "story_insights".`,
	],
	[
		`POST ${edge}?subscribed_fields=feed`,
		practiceTokens.withoutPermissions,
		"403 OAuthException 200: (#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata.",
	],
	[`GET ${edge}`, practiceTokens.withoutPermissions, noPermission],
	[`DELETE ${edge}`, practiceTokens.withoutPermissions, noPermission],
	[
		`GET ${edge}`,
		practiceTokens.secondPage,
		`400 GraphMethodException 100/33: Unsupported get request. Object with ID '${pageId}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
	],
])("%s with %s is refused", async (line, token, expected) => {
	const { refusal, state } = startSandbox();
	expect(await refusal(line, { token })).toBe(expected);
	expect(state.pages.get(pageId)).not.toHaveProperty("subscribedFields");
});
