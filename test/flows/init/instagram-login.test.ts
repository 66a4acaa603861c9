import { beforeEach, expect, test } from "vitest";
import {
	practiceTokens,
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../../../src/sandbox/credentials.ts";
import { createMachine, type Machine } from "../../support/memory-world.ts";

const { appId, appSecret, userToken, pageToken, pageId, igUserId } =
	sandboxCredentials;

let machine: Machine;

/** The sandbox stands in for Meta: to init it is no sandbox. */
beforeEach(async () => {
	machine = createMachine({ IGWH_GRAPH_URL: "http://127.0.0.1:7302" });
	await machine.start("sandbox");
});

/** What a file assigns. */
function saved(): Record<string, string> {
	const lines = (machine.files.get(".env") ?? "").split("\n").filter(Boolean);
	return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
}

const { instagramAppSecret } = sandboxCredentials;
const app = { IGWH_APP_ID: appId, IGWH_APP_SECRET: appSecret };

test.each([
	["a short-lived token is exchanged", practiceTokens.shortLivedInstagram],
	["a long-lived one stays", sandboxInstagramLogin.token],
])("%s", async (_, token) => {
	const { code, out, asked } = await machine.run("init", {
		answers: [appId, appSecret, token, instagramAppSecret, "my-own"],
	});
	expect([code, asked[3]]).toEqual([0, "Instagram app secret:"]);
	expect(out).toContain(
		`✓ the token of Instagram Login works, for @bluebottle (${igUserId})`,
	);
	expect(saved()).toEqual({
		...app,
		IGWH_INSTAGRAM_TOKEN: sandboxInstagramLogin.token,
		IGWH_INSTAGRAM_APP_SECRET: instagramAppSecret,
		IGWH_IG_USER_ID: igUserId,
		IGWH_VERIFY_TOKEN: "my-own",
	});
});

test("a wrong Instagram app secret, or an expired token, is asked again", async () => {
	const { code, err } = await machine.run("init", {
		answers: [
			...[appId, appSecret, practiceTokens.expiredInstagram],
			...[practiceTokens.shortLivedInstagram, appSecret],
			...[instagramAppSecret, "my-own"],
		],
	});
	expect(code).toBe(0);
	expect(err).toContain("Session has expired");
	expect(err).toContain("Error validating client secret");
});

test("tokens of Facebook Login that are set as well do not decide the login", async () => {
	machine.files.set(
		".env",
		`IGWH_APP_ID=${appId}\nIGWH_APP_SECRET=${appSecret}\nIGWH_USER_TOKEN=${userToken}\nIGWH_PAGE_TOKEN=${pageToken}\nIGWH_PAGE_ID=${pageId}\nIGWH_VERIFY_TOKEN=my-own\n`,
	);
	Object.assign(machine.env, {
		IGWH_INSTAGRAM_APP_SECRET: instagramAppSecret,
	});
	const { code } = await machine.run("init", {
		answers: ["the token", sandboxInstagramLogin.token, instagramAppSecret],
	});
	expect([code, saved()]).toMatchObject([
		0,
		{ IGWH_LOGIN: "instagram", IGWH_PAGE_TOKEN: pageToken },
	]);
	const again = await machine.run("init", { answers: ["nothing"] });
	expect(again.out).toContain("the token of Instagram Login works");
	expect(saved().IGWH_LOGIN).toBe("instagram");
	const back = await machine.run("init", {
		answers: ["the token", userToken],
	});
	expect([back.code, saved().IGWH_LOGIN]).toEqual([0, "facebook"]);
});

test("without a terminal", async () => {
	Object.assign(machine.env, app, {
		IGWH_INSTAGRAM_TOKEN: sandboxInstagramLogin.token,
	});
	const { code, err } = await machine.run("init");
	expect([code, err]).toEqual([
		2,
		expect.stringContaining("IGWH_INSTAGRAM_APP_SECRET is not set"),
	]);
	machine.env.IGWH_INSTAGRAM_APP_SECRET = instagramAppSecret;
	expect((await machine.run("init")).code).toBe(0);
	expect(saved()).toMatchObject({ ...app, IGWH_IG_USER_ID: igUserId });
});
