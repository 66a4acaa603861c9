import { describe, expect, test } from "vitest";
import { gateIds } from "../../../src/sandbox/delivery/gate-ids.ts";
import { closedGates, closeGate } from "../../../src/sandbox/delivery/gates.ts";
import { seedWorld } from "../../../src/sandbox/simulation/seed.ts";
import { igUserId, startedAt } from "../../support/sandbox-world.ts";

function openWorld() {
	const state = seedWorld(startedAt);
	state.subscriptions.set("instagram", {
		callbackUrl: "https://example.com/",
		verifyToken: "x",
		fields: ["comments", "live_comments", "mentions", "story_insights"].map(
			(name) => ({ name, version: "v25.0" }),
		),
	});
	for (const page of state.pages.values()) page.subscribedFields = ["feed"];
	return state;
}

const ids = (state: ReturnType<typeof openWorld>, field: string) =>
	closedGates(state, igUserId, field).map(({ id }) => id);

test("are the prerequisites of live delivery", () => {
	expect(gateIds).toEqual([
		"app-subscription",
		"field-subscription",
		"page-subscription",
		"permission",
		"app-live",
		"advanced-access",
		"business-verified",
		"media-owner-public",
		"broadcasting",
	]);
});

test.each(["comments", "live_comments", "mentions", "story_insights"])(
	"are open for %s once both sides are subscribed",
	(field) => {
		expect(closedGates(openWorld(), igUserId, field)).toEqual([]);
	},
);

test("a fresh world lacks the subscriptions, and says what to do", () => {
	expect(closedGates(seedWorld(startedAt), igUserId, "mentions")).toEqual([
		{
			id: "app-subscription",
			detail: "the app has no subscription to the instagram object",
			fix: "igwh subscribe --callback <url>",
		},
		{
			id: "field-subscription",
			detail: "the app is not subscribed to the field mentions",
			fix: "igwh subscribe --callback <url>, with this field among its Instagram fields",
		},
		{
			id: "page-subscription",
			detail:
				"page 1755847768034402 does not have the app among its subscribed apps",
			fix: "igwh subscribe 1755847768034402",
		},
	]);
});

describe("closing", () => {
	const everywhere = [
		"comments",
		"live_comments",
		"mentions",
		"story_insights",
	];
	test.each([
		["page-subscription", everywhere],
		["permission", everywhere],
		["app-live", everywhere],
		["advanced-access", everywhere],
		["business-verified", everywhere],
		["media-owner-public", ["comments", "live_comments", "mentions"]],
		["broadcasting", ["live_comments"]],
	])("%s stops %j", (gate, fields) => {
		const state = openWorld();
		closeGate(state, gate);
		for (const field of everywhere)
			expect([field, ids(state, field)]).toEqual([
				field,
				fields.includes(field) ? [gate] : [],
			]);
	});

	test.each(["app-subscription", "field-subscription"])(
		"%s takes the app's subscription away",
		(gate) => {
			const state = openWorld();
			closeGate(state, gate);
			expect(ids(state, "mentions")).toEqual([
				"app-subscription",
				"field-subscription",
			]);
		},
	);

	test("what is no gate is refused", () => {
		expect(() => closeGate(openWorld(), "heaven")).toThrow(
			"there is no gate named heaven",
		);
	});
});

test("a field alone may be missing", () => {
	const state = openWorld();
	state.subscriptions.set("instagram", {
		callbackUrl: "https://example.com/",
		verifyToken: "x",
		fields: [{ name: "comments", version: "v25.0" }],
	});
	expect(ids(state, "comments")).toEqual([]);
	expect(ids(state, "mentions")).toEqual(["field-subscription"]);
});

test("an account without a page cannot be told of", () => {
	const state = openWorld();
	for (const page of state.pages.values()) delete page.accountId;
	expect(closedGates(state, igUserId, "mentions")).toMatchObject([
		{ id: "page-subscription", detail: "no page is linked to the account" },
	]);
});

test("missing permissions are named", () => {
	const state = openWorld();
	closeGate(state, "permission");
	expect(
		["comments", "story_insights"].map(
			(field) => closedGates(state, igUserId, field)[0]?.detail,
		),
	).toEqual([
		"the account did not grant instagram_manage_comments to the app",
		"the account did not grant instagram_manage_insights to the app",
	]);
});
