import { describe, expect, test } from "vitest";
import {
	type LiveCheckId,
	liveCheckIds,
} from "../../../src/checks/live/check-ids.ts";
import { bodyText, textResponse } from "../../../src/http.ts";
import { practiceTokens } from "../../../src/sandbox/credentials.ts";
import type { World } from "../../../src/world.ts";
import { createInstagramMachine } from "../../support/instagram-machine.ts";
import { type LiveMachine, liveEnv } from "../../support/live-machine.ts";

interface Closing {
	env?: Record<string, string>;
	close?(machine: LiveMachine): void;
	world?(world: World): World;
}

const noCallback = {
	close: ({ state }: LiveMachine) => {
		state.subscriptions.delete("instagram");
	},
};

const closings: Partial<Record<LiveCheckId, Closing>> = {
	"config.signing-secret": { env: { IGWH_INSTAGRAM_APP_SECRET: "" } },
	"config.token": {
		env: { IGWH_INSTAGRAM_TOKEN: "", IGWH_LOGIN: "instagram" },
	},
	"token.host": {
		env: {
			IGWH_INSTAGRAM_TOKEN: "",
			IGWH_PAGE_TOKEN: liveEnv.IGWH_PAGE_TOKEN,
			IGWH_LOGIN: "instagram",
		},
	},
	"token.valid": { env: { IGWH_INSTAGRAM_TOKEN: "IGAAForgedToken" } },
	"token.expiry": {
		env: { IGWH_INSTAGRAM_TOKEN: practiceTokens.expiredInstagram },
	},
	"permission.instagram_business_basic": {
		close: ({ state }) => {
			state.instagramPermissions.set("instagram_business_basic", "declined");
		},
	},
	"account.type": {
		world: (world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) => {
					const response = await world.network.call(request);
					const text = bodyText(response).replace("BUSINESS", "PERSONAL");
					return textResponse(response.status, text, response.headers);
				},
			},
		}),
	},
	"account.id": { env: { IGWH_IG_USER_ID: "17841405309211844" } },
	"app.subscription": noCallback,
	"account.subscription": {
		close: ({ state }) => {
			for (const account of state.accounts.values())
				delete account.subscribedFields;
		},
	},
};

test("with everything open, nothing fails, and no check of Facebook Login runs", async () => {
	const { code, failed, warned, checks } = await (
		await createInstagramMachine()
	).diagnose();
	expect({ code, failed, warned }).toEqual({ code: 0, failed: [], warned: [] });
	const ids = checks.map(({ id }) => id);
	expect(
		ids.filter((id) => /^page\.|instagram_manage|token\.(app|type)/.test(id)),
	).toEqual([]);
	expect(ids).toContain("account.subscription");
});

describe("a single closed gate is reported, and nothing else", () => {
	test.each(Object.entries(closings))(
		"%s",
		async (id, { env, close, world }) => {
			const machine = await createInstagramMachine(env);
			close?.(machine);
			const { code, failed, warned, check } = await machine.diagnose(
				"",
				{},
				world,
			);
			expect({ failed, warned, found: check(id) }).toMatchObject({
				failed: [id],
				warned: [],
			});
			expect(code).toBe(3);
		},
	);
});

test("the id that only this app knows is told from the account's own", async () => {
	const machine = await createInstagramMachine({
		IGWH_IG_USER_ID: "27841405726653026",
	});
	const { check } = await machine.diagnose();
	expect(check("account.id")).toMatchObject({
		status: "fail",
		detail: "27841405726653026 is the account's id for this app alone",
		fix: "set IGWH_IG_USER_ID=17841405726653026",
	});
});

test("two closed gates come in the order of their fixes", async () => {
	const machine = await createInstagramMachine();
	noCallback.close(machine);
	closings["account.subscription"]?.close?.(machine);
	const { failed } = await machine.diagnose();
	expect(failed).toEqual(["app.subscription", "account.subscription"]);
	expect(
		failed.toSorted(
			(a, b) =>
				liveCheckIds.indexOf(a as LiveCheckId) -
				liveCheckIds.indexOf(b as LiveCheckId),
		),
	).toEqual(failed);
});

test("--fix subscribes the account", async () => {
	const machine = await createInstagramMachine();
	closings["account.subscription"]?.close?.(machine);
	const { out, code } = await machine.run("doctor --fix", {
		answers: [true, "I do not know", "I do not know"],
	});
	expect(out).toContain("/instagram/v25.0/17841405726653026/subscribed_apps");
	expect(out).toContain('"Authorization: Bearer $IGWH_INSTAGRAM_TOKEN"');
	expect(code).toBe(0);
	expect(
		machine.state.accounts.get("17841405726653026")?.subscribedFields,
	).toEqual(["comments", "live_comments"]);
});
