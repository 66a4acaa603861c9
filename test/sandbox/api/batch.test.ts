import { describe, expect, test } from "vitest";
import { headerValues } from "../../../src/http.ts";
import { sandboxInstagramLogin } from "../../../src/sandbox/credentials.ts";
import {
	igUserId,
	pageToken,
	startSandbox,
	userToken,
} from "../../support/sandbox-world.ts";

const cup = "17955061238374021";
const comment = "17870913679156914";

async function batch(
	parts: unknown,
	{ token = pageToken as string, target = "/v25.0/", more = {} } = {},
) {
	const { ask } = startSandbox();
	return ask(`POST ${target}`, {
		token,
		form: { batch: JSON.stringify(parts), ...more },
	});
}

/** Code and body of each answer. */
const brief = (json: ({ code: number; body: string } | null)[]) =>
	json.map((part) => part && [part.code, JSON.parse(part.body)]);

describe("a batch", () => {
	test("answers each call with code, headers and body, its own errors included", async () => {
		const { status, json } = await batch([
			{ method: "GET", relative_url: `${cup}?fields=caption` },
			{ method: "GET", relative_url: "/v23.0/1" },
			{
				method: "POST",
				relative_url: `${comment}/replies`,
				body: "message=Yes",
			},
		]);
		expect(status).toBe(200);
		expect(brief(json)).toEqual([
			[200, { caption: "First light, first cup.", id: cup }],
			[
				400,
				{ error: expect.objectContaining({ code: 100, error_subcode: 33 }) },
			],
			[200, { id: "17911496353086895" }],
		]);
		const versions = json.map(
			({ headers }: { headers: { name: string; value: string }[] }) =>
				headerValues(
					headers.map(({ name, value }) => [name, value] as const),
					"facebook-api-version",
				)[0],
		);
		expect(versions).toEqual(["v25.0", "v23.0", "v25.0"]);
	});

	test("takes values from earlier answers, which are left out", async () => {
		const { json } = await batch([
			{ relative_url: `${igUserId}/media?limit=2`, name: "media" },
			{ relative_url: "?ids={result=media:$.data.*.id}&fields=media_type" },
			{
				relative_url: "{result=media:$.data[1].id}?fields=id",
				name: "kept",
				omit_response_on_success: false,
			},
			{
				method: "POST",
				relative_url: `${comment}/replies`,
				body: "message={result=kept:$.id}",
			},
		]);
		expect(brief(json)).toEqual([
			null,
			[
				200,
				{
					"17963412875096604": {
						media_type: "CAROUSEL_ALBUM",
						id: "17963412875096604",
					},
					[cup]: { media_type: "IMAGE", id: cup },
				},
			],
			[200, { id: cup }],
			[200, { id: "17911496353086895" }],
		]);
	});

	test("does not make a call whose dependency failed, and shows the failure", async () => {
		const { json } = await batch([
			{ relative_url: "1", name: "first" },
			{ relative_url: cup, depends_on: "first" },
			{ relative_url: "?ids={result=first:$.id}" },
		]);
		expect(json.map((part: { code: number } | null) => part?.code)).toEqual([
			400,
			undefined,
			400,
		]);
		expect(json[1]).toBeNull();
		expect(JSON.parse(json[2].body).error).toMatchObject({
			code: 2500,
			message: "Cannot specify an empty identifier",
		});
	});

	test("may leave out headers, and give a call a token of its own", async () => {
		const { json } = await batch(
			[
				{ relative_url: `me?access_token=${userToken}` },
				{ relative_url: "me?fields=id" },
			],
			{ more: { include_headers: "false" } },
		);
		expect(json).toEqual([
			{ code: 200, body: expect.stringContaining("Sandy") },
			{ code: 200, body: '{"id":"1755847768034402"}' },
		]);
	});

	test("works on graph.instagram.com", async () => {
		const { json } = await batch([{ relative_url: "me?fields=user_id" }], {
			target: "/instagram",
			token: sandboxInstagramLogin.token,
		});
		expect(JSON.parse(json[0].body).user_id).toBe(igUserId);
	});
});

const refused = (message: string) => `400 GraphBatchException 100: ${message}`;

test.each([
	["[]", refused("Parameter batch must be a JSON array")],
	["{", refused("Parameter batch must be a JSON array")],
	["[{}]", refused("Missing relative_url in batch operation")],
	[
		JSON.stringify(Array(51).fill({ relative_url: "me" })),
		refused("Too many requests in batch message. Maximum batch size is 50"),
	],
	[
		JSON.stringify([{ relative_url: "{result=f:$.id}" }]),
		refused(
			"Request 0 cannot depend on an  unresolved request with  name f. Requests can only depend on preceding requests",
		),
	],
])("the batch %.40s", async (text, expected) => {
	const { refusal } = startSandbox();
	expect(
		await refusal("POST /", { token: pageToken, form: { batch: text } }),
	).toBe(expected);
});

test("a batch in a batch is refused", async () => {
	const inner = encodeURIComponent('[{"relative_url":"me"}]');
	const { json } = await batch([
		{ method: "POST", relative_url: "", body: `batch=${inner}` },
	]);
	expect(json[0].code).toBe(400);
});
