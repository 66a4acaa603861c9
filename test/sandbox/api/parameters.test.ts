import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../src/http.ts";
import {
	listParameter,
	readGraphCall,
} from "../../../src/sandbox/api/graph-call.ts";
import { pageToken, startSandbox } from "../../support/sandbox-world.ts";

type Values = Record<string, string>;

/** A POST with the parameters in each way a client may send them. */
const encodings: Record<string, (values: Values) => Promise<HttpRequest>> = {
	query: async (values) => request(`/1?${new URLSearchParams(values)}`),
	form: async (values) =>
		request("/1", ...(await bodyOf(new URLSearchParams(values)))),
	multipart: async (values) => {
		const form = new FormData();
		for (const [name, value] of Object.entries(values)) form.set(name, value);
		form.set("source", new Blob(["bytes"]), "picture.jpg");
		return request("/1", ...(await bodyOf(form)));
	},
	JSON: async (values) =>
		request("/1", "application/json", Buffer.from(JSON.stringify(values))),
};

function request(
	target: string,
	contentType?: string,
	body: Uint8Array = new Uint8Array(),
): HttpRequest {
	return {
		method: "POST",
		target,
		headers: contentType ? [["content-type", contentType]] : [],
		body,
	};
}

async function bodyOf(body: FormData | URLSearchParams) {
	const encoded = new Response(body);
	return [
		encoded.headers.get("content-type") ?? "",
		new Uint8Array(await encoded.arrayBuffer()),
	] as const;
}

test("every encoding gives the same call", async () => {
	const name = fc
		.stringMatching(/^[a-z_]{1,12}$/)
		.filter(
			(name) =>
				!["method", "source", "access_token", "__proto__"].includes(name),
		);
	// Multipart turns a bare newline into CRLF, as the standard says.
	const value = fc
		.string({ minLength: 1, unit: "grapheme" })
		.filter((text) => !/[\r\n]/.test(text));
	await fc.assert(
		fc.asyncProperty(
			fc.dictionary(name, value, { noNullPrototype: true }),
			async (values) => {
				for (const encode of Object.values(encodings)) {
					const { parameters } = await readGraphCall(await encode(values));
					expect(Object.fromEntries(parameters)).toEqual(values);
				}
			},
		),
	);
});

test("every spelling of a list gives the same list", async () => {
	const item = fc.stringMatching(/^[a-z_0-9]{1,12}$/);
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 1 }), async (items) => {
			const spellings = [
				`fields=${items.join(",")}`,
				`fields=${encodeURIComponent(JSON.stringify(items))}`,
				items.map((item) => `fields[]=${item}`).join("&"),
				items
					.map((item, index) => `fields%5B${index}%5D=${item}`)
					.reverse()
					.join("&"),
			];
			for (const query of spellings) {
				const call = await readGraphCall(request(`/me?${query}`));
				expect(listParameter(call, "fields")).toEqual(items);
			}
			const json = Buffer.from(JSON.stringify({ fields: items }));
			const call = await readGraphCall(
				request("/me", "application/json", json),
			);
			expect(listParameter(call, "fields")).toEqual(items);
		}),
	);
});

describe("a nested parameter", () => {
	const expected = { comment_id: "17870913679156914" };
	test.each([
		["recipient[comment_id]=17870913679156914", ""],
		[`recipient=${JSON.stringify(expected)}`, ""],
		["", '{"recipient":{"comment_id":17870913679156914}}'],
	])("%s %s", async (query, json) => {
		const { parameters } = await readGraphCall(
			request(`/1?${query}`, json && "application/json", Buffer.from(json)),
		);
		expect(JSON.parse(parameters.get("recipient") ?? "")).toEqual(expected);
	});
});

test("malformed multipart is refused", async () => {
	await expect(
		readGraphCall(
			request("/1", "multipart/form-data; boundary=x", Buffer.from("--y\r\n")),
		),
	).rejects.toThrow(
		"(#100) The request body is not valid multipart/form-data.",
	);
});

describe("the method in a parameter", () => {
	const comment = "17870913679156914";

	test("is the method of a POST", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(`POST /${comment}`, {
			token: pageToken,
			form: { method: "get", fields: "id" },
		});
		expect(json).toEqual({ id: comment });
	});

	test("is ignored by a GET: a page of another site can make a browser send one", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(
			`GET /${comment}?method=post&hide=true&fields=hidden`,
			{ token: pageToken },
		);
		expect(json).toEqual({ hidden: false, id: comment });
	});
});

describe("fields and ids", () => {
	const cup = "17955061238374021";
	const album = "17963412875096604";
	const many = Array.from({ length: 51 }, (_, index) => index).join(",");
	test.each([
		[
			`/${cup}?fields=["media_type","id"]`,
			`200 {"media_type":"IMAGE","id":"${cup}"}`,
		],
		[
			`/${cup}?fields[]=media_type&fields[]=id`,
			`200 {"media_type":"IMAGE","id":"${cup}"}`,
		],
		[
			`/?ids=${cup},${album}&fields=media_type`,
			`200 {"${cup}":{"media_type":"IMAGE","id":"${cup}"},"${album}":{"media_type":"CAROUSEL_ALBUM","id":"${album}"}}`,
		],
		[
			`/v25.0/children?ids=["${album}"]&limit=1`,
			`200 {"${album}":{"data":[{"id":"17846310592271197"}]}}`,
		],
		["/?ids=,", "400 OAuthException 2500: Cannot specify an empty identifier"],
		[
			`/?ids=${many}`,
			"400 OAuthException 100: (#100) Too many IDs. Maximum: 50. Provided: 51.",
		],
		[
			`/?ids=${cup},1`,
			expect.stringMatching(/^400 GraphMethodException 100\/33: .*'1'/),
		],
	])("GET %s", async (target, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(`GET ${target}`, { token: pageToken })).toEqual(
			expected,
		);
	});
});
