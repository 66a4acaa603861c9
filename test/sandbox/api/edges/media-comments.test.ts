import { describe, expect, test } from "vitest";
import { practiceTokens } from "../../../../src/sandbox/credentials.ts";
import {
	igUserId,
	pageToken,
	settle,
	startSandbox,
} from "../../../support/sandbox-world.ts";

const cup = "17955061238374021";
const comment = "17870913679156914";
const token = pageToken;

test("a comment is written, listed, delivered and deleted with its answers", async () => {
	const { ask, subscribe, sent } = startSandbox();
	await subscribe();
	const { json } = await ask(`POST /${cup}/comments`, {
		token,
		form: { message: "Ours" },
	});
	await ask(`POST /${json.id}/replies`, {
		token,
		form: { message: "And more" },
	});
	await settle();
	const listed = await ask(`GET /${cup}/comments?fields=text,replies{text}`, {
		token,
	});
	expect(listed.json.data[0]).toMatchObject({
		text: "Ours",
		replies: { data: [{ text: "And more" }] },
	});
	expect(
		sent.map(
			({ body }) => JSON.parse(String(body)).entry[0].changes[0].value.text,
		),
	).toEqual(["Ours", "And more"]);
	expect((await ask(`DELETE /${json.id}`, { token })).json).toEqual({
		success: true,
	});
	const after = await ask(`GET /${cup}?fields=comments_count`, { token });
	expect(after.json.comments_count).toBe(1);
});

test("comments are switched off and on", async () => {
	const { ask, refusal } = startSandbox();
	const write = () => refusal(`POST /${cup}/comments?message=Hi`, { token });
	expect(
		(await ask(`POST /${cup}?comment_enabled=false`, { token })).json,
	).toEqual({ success: true });
	expect(
		(await ask(`GET /${cup}?fields=is_comment_enabled`, { token })).json
			.is_comment_enabled,
	).toBe(false);
	expect(await write()).toMatch(/^400 GraphMethodException 100\/33/);
	await ask(`POST /${cup}`, { token, json: { comment_enabled: true } });
	expect(await write()).toMatch(/^200/);
});

describe("refused", () => {
	const noPermission = expect.stringMatching(
		/^403 OAuthException 200: \(#200\) Requires instagram_manage_comments/,
	);
	const unsupported = expect.stringMatching(
		/^400 GraphMethodException 100\/33/,
	);
	test.each([
		[
			`POST /${cup}/comments?message=Hi`,
			practiceTokens.withoutPermissions,
			noPermission,
		],
		[
			`POST /${cup}?comment_enabled=true`,
			practiceTokens.withoutPermissions,
			noPermission,
		],
		[`DELETE /${comment}`, practiceTokens.withoutPermissions, noPermission],
		[`DELETE /${comment}`, practiceTokens.secondPage, unsupported],
		[`DELETE /${cup}`, token, unsupported],
		[
			`POST /${cup}/comments`,
			token,
			"400 OAuthException 100: (#100) The parameter message is required.",
		],
		[
			`POST /${cup}?comment_enabled=maybe`,
			token,
			"400 OAuthException 100: (#100) Param comment_enabled must be a boolean",
		],
	])("%s with %s", async (line, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(line, { token })).toEqual(expected);
	});
});

describe("messages", () => {
	const form = (recipient: object, text = "Hello") => ({
		recipient: JSON.stringify(recipient),
		message: JSON.stringify({ text }),
	});

	async function startWithComment() {
		const running = startSandbox();
		const { json } = await running.ask("POST /sandbox/trigger", {
			json: { field: "comments" },
		});
		const { id, from } = json.value;
		return { ...running, id: id as string, personId: from.id as string };
	}

	test.each([
		"/me/messages",
		"/1755847768034402/messages",
		`/${igUserId}/messages`,
	])("POST %s answers a comment in private, once", async (path) => {
		const { ask, refusal, id, personId } = await startWithComment();
		const { json } = await ask(`POST ${path}`, {
			token,
			form: form({ comment_id: id }),
		});
		expect(json).toEqual({
			recipient_id: personId,
			message_id: expect.stringMatching(/^aWdf[\w-]{64}$/),
		});
		expect(
			await refusal(`POST ${path}`, { token, form: form({ comment_id: id }) }),
		).toBe("400 OAuthException 10900: (#10900) Activity already replied to");
	});

	test("go to a person the sandbox knows", async () => {
		const { ask, refusal, personId } = await startWithComment();
		const { json } = await ask("POST /me/messages", {
			token,
			json: { recipient: { id: personId }, message: { text: "Hello" } },
		});
		expect(json.recipient_id).toBe(personId);
		expect(
			await refusal("POST /me/messages", { token, form: form({ id: "1" }) }),
		).toBe("400 OAuthException 100/2018001: (#100) No matching user found");
	});

	test("answer no comment after seven days", async () => {
		const { refusal, id, world } = await startWithComment();
		await world.clock.sleep(7 * 86_400_000 + 1);
		expect(
			await refusal("POST /me/messages", {
				token,
				form: form({ comment_id: id }),
			}),
		).toBe(
			"400 OAuthException 10903: (#10903) This user cant reply to this activity",
		);
	});

	test("answer a live comment while it is broadcast", async () => {
		const { ask, refusal, state } = startSandbox();
		const { json } = await ask("POST /sandbox/trigger", {
			json: { field: "live_comments" },
		});
		const account = state.accounts.get(igUserId);
		const send = () =>
			refusal("POST /me/messages", {
				token,
				form: form({ comment_id: json.value.id }),
			});
		Object.assign(account ?? {}, { broadcasting: false });
		expect(await send()).toMatch(/10903/);
		Object.assign(account ?? {}, { broadcasting: true });
		expect(await send()).toMatch(/^200/);
	});

	test.each([
		[
			form({ comment_id: comment }),
			practiceTokens.secondPage,
			/^400 GraphMethodException 100\/33/,
		],
		[form({ comment_id: "1" }), token, /^400 GraphMethodException 100\/33/],
		[
			form({ comment_id: comment }),
			practiceTokens.withoutPermissions,
			/^403 OAuthException 200/,
		],
		[{ message: "{}" }, token, /The parameter recipient is required/],
		[
			{ recipient: "me", message: "{}" },
			token,
			/Param recipient must be a JSON object/,
		],
		[
			form({ comment_id: comment }, ""),
			token,
			/The parameter message\[text\] is required/,
		],
		[
			form({ comment_id: comment }, "ä".repeat(501)),
			token,
			/must be less than or equal to 1000/,
		],
	])("are refused: %j with %s", async (form, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal("POST /me/messages", { token, form })).toMatch(
			expected,
		);
	});
});
