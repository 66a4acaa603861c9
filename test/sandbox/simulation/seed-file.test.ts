import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generatedSeed } from "../../../src/sandbox/simulation/generated-seed.ts";
import type { SandboxSeed } from "../../../src/sandbox/simulation/sandbox-seed.ts";
import { seedWorld } from "../../../src/sandbox/simulation/seed.ts";
import { addSeed } from "../../../src/sandbox/simulation/seed-file.ts";
import {
	readState,
	stateText,
} from "../../../src/sandbox/simulation/state-file.ts";

const now = Date.UTC(2026, 10, 21);
const day = 86_400_000;
const where = { name: "seed.json", now };

const { properties } = JSON.parse(
	readFileSync(
		join(
			import.meta.dirname,
			"../../../src/sandbox/simulation/sandbox-seed.schema.json",
		),
		"utf8",
	),
);

/** A seed with every member of the schema. */
const whole: Required<SandboxSeed> = {
	permissions: { instagram_manage_insights: "declined" },
	accounts: [
		{
			id: "17841400000000001",
			username: "roastery",
			name: "Roastery",
			broadcasting: false,
		},
	],
	pages: [
		{
			id: "2000000000000001",
			name: "Roastery",
			category: "Shop",
			accessToken: "EAARoastery",
			accountId: "17841400000000001",
			businessVerified: false,
		},
	],
	tokens: [
		{
			value: "EAASmall",
			pageId: "2000000000000001",
			expiresAt: "2026-12-24T00:00:00Z",
			scopes: ["instagram_basic"],
		},
	],
	media: [
		{
			id: "17900000000000001",
			owner: "roastery",
			type: "VIDEO",
			productType: "REELS",
			caption: "First roast",
			albumId: "17900000000000002",
			commentsOff: true,
			createdAt: "2026-11-01T00:00:00Z",
		},
	],
	comments: [
		{
			id: "17800000000000001",
			mediaId: "17900000000000001",
			from: "passer.by",
			text: "Nice",
			parentId: "17800000000000002",
			hidden: true,
			createdAt: "2026-11-02T00:00:00Z",
		},
	],
};

test("the schema knows every member, and the reader takes every one", () => {
	const state = seedWorld(now);
	addSeed(state, JSON.stringify({ $schema: "x", ...whole }), where);
	expect(state.permissions.get("instagram_manage_insights")).toBe("declined");
	expect(state.accounts.get("17841400000000001")).toMatchObject({
		username: "roastery",
		broadcasting: false,
	});
	expect(state.pages.get("2000000000000001")).toEqual({
		kind: "page",
		...whole.pages[0],
	});
	expect(state.tokens.slice(-2)).toEqual([
		{ value: "EAARoastery", pageId: "2000000000000001", issuedAt: now },
		{ ...whole.tokens[0], issuedAt: now, expiresAt: Date.UTC(2026, 11, 24) },
	]);
	expect(state.media.get("17900000000000001")).toMatchObject({
		...whole.media[0],
		owner: { id: "17841400000000001", username: "roastery" },
		createdAt: Date.UTC(2026, 10, 1),
	});
	expect(state.comments.get("17800000000000001")).toMatchObject({
		text: "Nice",
		hidden: true,
		author: { username: "passer.by" },
		parentId: "17800000000000002",
	});
	const { $schema, permissions, ...lists } = properties;
	for (const [kind, { items }] of Object.entries<{
		items: { properties: object };
	}>(lists))
		expect(Object.keys(whole[kind as "media"][0] ?? {}).sort(), kind).toEqual(
			Object.keys(items.properties).sort(),
		);
});

test("a world that is made up is always the same, and whole", () => {
	const worlds = [1, 2].map(() => {
		const state = seedWorld(now);
		addSeed(state, JSON.stringify(generatedSeed(50)), where);
		return state;
	});
	expect(worlds[0]).toEqual(worlds[1]);
	expect(worlds[0]?.accounts.size).toBe(52);
	expect(worlds[0]?.pages.size).toBe(52);
	expect(worlds[0]?.comments.size).toBe(503);
});

test("a state is read as it was written, and its tokens do not age meanwhile", () => {
	const state = seedWorld(now);
	const text = stateText(state, now);
	expect(readState(text, { name: "x", now })).toEqual(state);
	const later = readState(text, { name: "x", now: now + 100 * day });
	expect(later.tokens).toEqual(seedWorld(now + 100 * day).tokens);
});
