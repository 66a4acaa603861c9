import { describe, expect, test } from "vitest";
import { practiceTokens } from "../../../../src/sandbox/credentials.ts";
import {
	appToken,
	callbackUrl,
	igUserId,
	onlyPart,
	pageToken,
	settle,
	startedAt,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

const ownMedia = "17955061238374021";
const ownComment = "17870913679156914";
const foreignMedia = "17918195224117851";
const foreignComment = "17894227972186120";
const unsupported = (id: string) =>
	`400 GraphMethodException 100/33: Unsupported post request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`;
const noPermission =
	"403 OAuthException 200: (#200) Requires instagram_manage_comments permission to manage the object";

describe("POST mentions", () => {
	const edge = `POST /${igUserId}/mentions`;
	test.each([
		[{ message: "Hi" }, "media_id"],
		[{ media_id: foreignMedia }, "message"],
	])("%j lacks %s", async (form, name) => {
		const { refusal } = startSandbox();
		expect(await refusal(edge, { token: pageToken, form })).toBe(
			`400 OAuthException 100: (#100) The parameter ${name} is required.`,
		);
	});

	test.each([
		["no media", { media_id: "42" }, "42"],
		["own media", { media_id: ownMedia }, ownMedia],
		["no comment", { media_id: foreignMedia, comment_id: "42" }, "42"],
		[
			"another media's comment",
			{ media_id: foreignMedia, comment_id: ownComment },
			ownComment,
		],
	])("refuses %s", async (_, form, id) => {
		const { refusal } = startSandbox();
		expect(
			await refusal(edge, {
				token: pageToken,
				form: { ...form, message: "Hi" } as Record<string, string>,
			}),
		).toBe(unsupported(id));
	});

	test("refuses media that mentions somebody else", async () => {
		const { refusal } = startSandbox();
		expect(
			await refusal("POST /17841405309211844/mentions", {
				token: practiceTokens.secondPage,
				form: { media_id: foreignMedia, message: "Hi" },
			}),
		).toBe(unsupported(foreignMedia));
	});

	test.each([
		[practiceTokens.withoutPermissions, noPermission],
		[practiceTokens.secondPage, unsupported(igUserId)],
		[appToken, unsupported(igUserId)],
	])("refuses %s", async (token, expected) => {
		const { refusal } = startSandbox();
		const form = { media_id: foreignMedia, message: "Hi" };
		expect(await refusal(edge, { token, form })).toBe(expected);
	});

	test("gives only the first reply the documented id", async () => {
		const ids = [];
		for (const seed of ["one", "two"]) {
			const { ask } = startSandbox({ seed });
			for (const message of ["first", "second"])
				ids.push(
					(
						await ask(edge, {
							token: userToken,
							json: { media_id: foreignMedia, message },
						})
					).json.id,
				);
		}
		const [first, second, again, other] = ids;
		expect([first, again]).toEqual(Array(2).fill("17911496353086895"));
		expect([second, other]).toEqual(
			Array(2).fill(expect.stringMatching(/^\d{17}$/)),
		);
		expect(second).not.toBe(other);
	});
});

describe("POST replies", () => {
	const reply = { token: pageToken, form: { message: "Yirgacheffe" } };

	test("are seen under the comment", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(`POST /${ownComment}/replies`, reply);
		expect(json).toEqual({ id: "17911496353086895" });
		const comment = await ask(
			`GET /${ownComment}?fields=text,replies{id,text,parent_id}`,
			{ token: userToken },
		);
		expect(comment.json).toEqual({
			text: "Which beans are these?",
			replies: {
				data: [
					{
						id: "17911496353086895",
						text: "Yirgacheffe",
						parent_id: ownComment,
					},
				],
				paging: onlyPart("17911496353086895"),
			},
			id: ownComment,
		});
	});

	test("to a reply are attached to the top comment", async () => {
		const { ask, state } = startSandbox();
		await ask(`POST /${ownComment}/replies`, reply);
		const { json } = await ask("POST /17911496353086895/replies", reply);
		expect(state.comments.get(json.id)?.parentId).toBe(ownComment);
	});

	test("are delivered afterwards, as comments of the account", async () => {
		const { ask, subscribe, sent, log } = startSandbox();
		await subscribe();
		await ask(`POST /${ownComment}/replies`, reply);
		await settle();
		expect(
			sent.map(({ url, body }) => [url, Buffer.from(body).toString()]),
		).toEqual([
			[
				callbackUrl,
				`{"entry": [{"id": "${igUserId}", "time": ${startedAt / 1000}, "changes": [{"value": {"from": {"id": "${igUserId}", "username": "bluebottle", "self_ig_scoped_id": "7340916258037142"}, "media": {"id": "${ownMedia}", "media_product_type": "FEED"}, "id": "17911496353086895", "parent_id": "${ownComment}", "text": "Yirgacheffe"}, "field": "comments"}]}], "object": "instagram"}`,
			],
		]);
		expect(log.map(({ type }) => type)).toEqual(["request", "attempt"]);
	});

	test("are stopped by a closed gate", async () => {
		const { ask, sent, log } = startSandbox();
		await ask(`POST /${ownComment}/replies`, reply);
		await settle();
		expect(sent).toEqual([]);
		expect(log.map(({ type }) => type)).toEqual(["request", "gate"]);
	});

	test("are not delivered after closing", async () => {
		const { ask, subscribe, close, sent } = startSandbox();
		await subscribe();
		const answered = ask(`POST /${ownComment}/replies`, reply);
		close();
		await answered;
		await settle();
		expect(sent).toEqual([]);
	});

	test.each([
		[
			"a foreign comment",
			foreignComment,
			pageToken,
			unsupported(foreignComment),
		],
		["no comment", "42", pageToken, unsupported("42")],
		["media", ownMedia, pageToken, unsupported(ownMedia)],
		[
			"missing permission",
			ownComment,
			practiceTokens.withoutPermissions,
			noPermission,
		],
		[
			"another page",
			ownComment,
			practiceTokens.secondPage,
			unsupported(ownComment),
		],
	])("refuse %s", async (_, id, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(`POST /${id}/replies`, { ...reply, token })).toBe(
			expected,
		);
	});

	test("need a message", async () => {
		const { refusal } = startSandbox();
		expect(
			await refusal(`POST /${ownComment}/replies`, { token: pageToken }),
		).toBe("400 OAuthException 100: (#100) The parameter message is required.");
	});

	test("refuse hidden comments, until they are shown again", async () => {
		const { refusal } = startSandbox();
		const hide = (hide: string) =>
			refusal(`POST /${ownComment}?hide=${hide}`, { token: pageToken });
		expect(await hide("true")).toBe('200 {"success":true}');
		expect(await refusal(`POST /${ownComment}/replies`, reply)).toBe(
			unsupported(ownComment),
		);
		await hide("false");
		expect(await refusal(`POST /${ownComment}/replies`, reply)).toMatch(/^200/);
		expect(await hide("perhaps")).toBe(
			"400 OAuthException 100: (#100) Param hide must be a boolean",
		);
	});

	test("refuse live comments", async () => {
		const { ask, refusal } = startSandbox();
		const { json } = await ask("POST /sandbox/trigger", {
			json: { field: "live_comments" },
		});
		expect(await refusal(`POST /${json.value.id}/replies`, reply)).toBe(
			unsupported(json.value.id),
		);
	});
});
