import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bodyText, type HeaderList, textResponse } from "../../src/http.ts";
import { receiver } from "../../src/receiver/receiver.ts";
import { vectorSecret } from "../support/vectors.ts";

/** A request of `fixtures/broken`, as its README describes it. */
interface BrokenRequest {
	says: string;
	method: string;
	target: string;
	headers: HeaderList;
	body: string;
	verdict: {
		status: "200" | "4xx" | "not 5xx";
		taken?: boolean;
		body?: string;
		bodyWithout?: string;
	};
}

const folder = new URL("../../fixtures/broken/", import.meta.url);
const readme = readFileSync(new URL("README.md", folder), "utf8");
const requests = readdirSync(folder)
	.filter((name) => name.endsWith(".json"))
	.map((name): [string, BrokenRequest] => [
		name,
		JSON.parse(readFileSync(new URL(name, folder), "utf8")),
	]);

/** igwh's own receiver, with the README's secret and token; what it took as Meta's. */
async function answer({ method, target, headers, body }: BrokenRequest) {
	const taken: boolean[] = [];
	const handler = receiver({
		verifyToken: "igwh_test_verify_token",
		secrets: [{ name: "app secret", value: vectorSecret }],
		now: () => 0,
		accept: async ({ verdict }) => {
			taken.push(verdict.valid);
			return textResponse(200, "");
		},
		onHandshake: () => {},
	});
	const response = await handler({
		method,
		target,
		headers,
		body: Buffer.from(body),
	});
	return { status: response.status, text: bodyText(response), taken };
}

const statuses = { "200": /^200$/, "4xx": /^4/, "not 5xx": /^[1-4]/ };

describe.each(requests)("%s", (name, request) => {
	const { says, verdict } = request;

	test(says, async () => {
		const { status, text, taken } = await answer(request);
		expect(String(status)).toMatch(statuses[verdict.status]);
		if (verdict.taken !== undefined) expect(taken).toEqual([verdict.taken]);
		if (verdict.body !== undefined) expect(text).toBe(verdict.body);
		if (verdict.bodyWithout) expect(text).not.toContain(verdict.bodyWithout);
	});

	test("is listed in the README", () => {
		expect(readme).toContain(`| \`${name}\` | ${says} | ${verdict.status}`);
	});
});

test("there are requests to refuse, to accept and to survive", () => {
	const all = requests.map(([, { verdict }]) => verdict.status);
	expect(new Set(all)).toEqual(new Set(Object.keys(statuses)));
	expect(all.length).toBeGreaterThan(40);
});
