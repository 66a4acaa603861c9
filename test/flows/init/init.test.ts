import { beforeEach, describe, expect, test } from "vitest";
import {
	practiceTokens,
	sandboxCredentials,
} from "../../../src/sandbox/credentials.ts";
import { createMachine, type Machine } from "../../support/memory-world.ts";

const { appId, appSecret, pageId, pageToken, userToken, igUserId } =
	sandboxCredentials;
const secondPage = "2043861125870917";
const secondAccount = "17841405309211844";

let machine: Machine;

/** The sandbox stands in for Meta: to init it is no sandbox. */
beforeEach(async () => {
	machine = createMachine({ IGWH_GRAPH_URL: "http://127.0.0.1:7302" });
	await machine.start("sandbox");
});

/** What a file assigns. */
function saved(path = ".env"): Record<string, string> {
	const lines = (machine.files.get(path) ?? "").split("\n").filter(Boolean);
	return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
}

/** The files that init wrote: the sandbox keeps its own in its home. */
function written(): string[] {
	return [...machine.files.keys()].filter((path) => !path.startsWith(".igwh/"));
}

const all = {
	IGWH_APP_ID: appId,
	IGWH_APP_SECRET: appSecret,
	IGWH_USER_TOKEN: userToken,
	IGWH_PAGE_ID: pageId,
	IGWH_PAGE_TOKEN: pageToken,
	IGWH_IG_USER_ID: igUserId,
	IGWH_VERIFY_TOKEN: "my-own",
};

/** Sets values as an env file does. */
function set(values: Record<string, string>, path = ".env"): void {
	const lines = Object.entries(values).map((pair) => pair.join("="));
	machine.files.set(path, `${lines.join("\n")}\n`);
}

describe("at a terminal", () => {
	test("from nothing: app, token, page, verify token", async () => {
		const { code, out, err, asked } = await machine.run("init", {
			answers: [
				appId,
				appSecret,
				practiceTokens.shortLived,
				"Slow Morning",
				"my-own",
			],
		});
		expect([code, err.match(/igwh:/)]).toEqual([0, null]);
		expect(asked).toEqual([
			"App ID:",
			"App secret:",
			"Access token:",
			`Which page?\n  Bluebottle (${pageId}): @bluebottle (${igUserId})\n  Slow Morning (${secondPage}): @slowmorning (${secondAccount})`,
			"Verify token:",
		]);
		expect(out.split("\n")).toEqual([
			`✓ app ${appId} is igwh sandbox, and the secret belongs to it`,
			"✓ the user token works, exchanged for a long-lived one, good until 2027-01-19",
			`✓ page ${secondPage}, Slow Morning, is linked to @slowmorning (${secondAccount})`,
			expect.stringMatching(/^✓ \.env is written: IGWH_APP_ID, /),
			"  next  igwh subscribe",
			"  then  igwh listen --subscribe",
		]);
		expect(err).toContain("App Dashboard (developers.facebook.com/apps)");
		expect(saved()).toEqual({
			...all,
			IGWH_PAGE_ID: secondPage,
			IGWH_PAGE_TOKEN: practiceTokens.secondPage,
			IGWH_IG_USER_ID: secondAccount,
		});
	});

	test("pasted with what was around it", async () => {
		const { code } = await machine.run("init", {
			answers: [
				` IGWH_APP_ID=${appId} `,
				`"${appSecret}",`,
				`export IGWH_USER_TOKEN='${userToken}'`,
				"Bluebottle",
				"IGWH_VERIFY_TOKEN=my-own",
			],
		});
		expect([code, saved()]).toEqual([0, all]);
	});

	test("what was pasted at the wrong question is kept for its own", async () => {
		const { code, err, asked } = await machine.run("init", {
			answers: [appSecret, userToken, appId, "Bluebottle", "my-own"],
		});
		expect(asked.slice(0, 3)).toEqual(["App ID:", "App ID:", "App ID:"]);
		expect(err).toContain(
			"that is an app secret, not an app id; it is kept for its own question",
		);
		expect([code, saved()]).toEqual([0, all]);
	});

	test("the id of an account is no app's", async () => {
		const { err } = await machine.run("init", { answers: [igUserId] });
		expect(err).toContain(
			"that is the id of an Instagram account, not an app id",
		);
	});

	test("what Meta refuses is asked again", async () => {
		const wrong = "0123456789abcdef0123456789abcdef";
		const { code, err } = await machine.run("init", {
			answers: [
				...[appId, wrong, appId, appSecret],
				...[practiceTokens.expired, "EAAunknownunknown", userToken],
				...["Bluebottle", "my own", "my-own"],
			],
		});
		expect([code, saved()]).toEqual([0, all]);
		expect(err).toContain("Meta refused GET");
		expect(err).toContain("Meta refuses the token: Error validating access");
		expect(err).toContain("a verify token has 64 characters at most");
		expect(err).not.toContain(wrong);
	});

	test("a verify token is made", async () => {
		set({ ...all, IGWH_VERIFY_TOKEN: "" });
		const made: (string | undefined)[] = [];
		await machine.run("init", { answers: ["nothing"] }, (world) => ({
			...world,
			prompts: {
				...world.prompts,
				input: async (_, options) => {
					made.push(options?.initial);
					return options?.initial ?? "";
				},
			},
		}));
		expect(made).toEqual([expect.stringMatching(/^[\w-]{32}$/)]);
		expect(saved().IGWH_VERIFY_TOKEN).toBe(made[0]);
	});

	test("again: what is set is shown, and nothing is asked but what to change", async () => {
		set(all);
		const before = machine.files.get(".env");
		const { code, out, asked } = await machine.run("init", {
			answers: ["nothing"],
		});
		expect(code).toBe(0);
		expect(asked).toHaveLength(1);
		expect(out).toContain(`set  IGWH_APP_ID                ${appId}`);
		expect(out).toContain("set  IGWH_APP_SECRET            …b0c5");
		expect(out).toContain("✓ .env stays as it is");
		expect(machine.files.get(".env")).toBe(before);
		expect(out).not.toContain(appSecret);
	});

	test.each([
		["the page", ["Slow Morning"], { IGWH_PAGE_ID: secondPage }],
		["the verify token", ["other"], { IGWH_VERIFY_TOKEN: "other" }],
		["the app", [appId, ""], {}],
		["the token", [""], {}],
		["everything", [appId, "", "", "Bluebottle", "other"], {}],
	])("again, with another answer for %s", async (topic, answers, changed) => {
		set(all);
		const { code, err } = await machine.run("init", {
			answers: [topic, ...answers],
		});
		expect([code, err.match(/igwh:.*/)?.[0]]).toEqual([0, undefined]);
		expect(saved()).toMatchObject(changed);
	});

	test("a page token in the place of an expired user token replaces it", async () => {
		set({ ...all, IGWH_USER_TOKEN: practiceTokens.expired });
		const { code } = await machine.run("init", {
			answers: ["nothing", pageToken],
		});
		expect([code, saved()]).toMatchObject([
			0,
			{ IGWH_USER_TOKEN: "''", IGWH_PAGE_TOKEN: pageToken },
		]);
		expect((await machine.run("init")).code).toBe(0);
	});

	test.each([0, 1, 2, 3, 4])(
		"an end after %s answers leaves everything as it was",
		async (count) => {
			const answers = [appId, appSecret, userToken, "Bluebottle"];
			machine.files.set(".env", "OTHER=1\n");
			const before = [...machine.files];
			const { code } = await machine.run("init", {
				answers: answers.slice(0, count),
			});
			expect(code).toBe(130);
			expect([...machine.files]).toEqual(before);
		},
	);
});

describe("without a terminal", () => {
	test("everything is missing, and named at once", async () => {
		const { code, err } = await machine.run("init");
		expect(code).toBe(2);
		expect(err).toContain(
			"3 settings are missing: IGWH_APP_ID, IGWH_APP_SECRET, IGWH_USER_TOKEN",
		);
		expect(written().length).toBe(0);
	});

	const enough = {
		IGWH_APP_ID: appId,
		IGWH_APP_SECRET: appSecret,
		IGWH_USER_TOKEN: userToken,
	};

	test("the page is given by flag, the verify token made", async () => {
		Object.assign(machine.env, enough);
		const { code, records } = await machine.run(
			`init --json --page-id ${pageId}`,
		);
		expect(code).toBe(0);
		expect(records.filter(({ type }) => type === "checked")).toHaveLength(3);
		expect(records.at(-1)).toMatchObject({
			type: "saved",
			envFile: ".env",
			next: ["igwh subscribe", "igwh listen --subscribe"],
		});
		expect(saved()).toEqual({
			...all,
			IGWH_VERIFY_TOKEN: expect.stringMatching(/^[\w-]{32}$/),
		});
	});

	test.each([
		["", `the token sees several pages: Bluebottle (${pageId})`, 2],
		["--page-id 12345", "the token does not see page 12345; it sees", 4],
	])("init %s says which pages there are", async (flags, said, exit) => {
		Object.assign(machine.env, enough);
		const { code, err } = await machine.run(`init ${flags}`);
		expect([code, err]).toEqual([exit, expect.stringContaining(said)]);
		expect(written().length).toBe(0);
	});

	test.each([
		[
			`--page-id ${secondAccount}`,
			"is the Instagram account's id; its page is",
		],
		[
			`--ig-user-id ${secondPage}`,
			"is the page's id; its Instagram account is",
		],
		[
			`--page-id ${secondAccount} --ig-user-id ${secondPage}`,
			"they are exchanged",
		],
		[`--ig-user-id ${secondAccount}`, ""],
	])("%s finds the page", async (flags, said) => {
		Object.assign(machine.env, enough);
		const { code, err } = await machine.run(`init ${flags}`);
		expect([code, err]).toEqual([0, expect.stringContaining(said)]);
		expect(saved()).toMatchObject({
			IGWH_PAGE_ID: secondPage,
			IGWH_IG_USER_ID: secondAccount,
		});
	});

	test("a secret where the id belongs is recognised, and not shown", async () => {
		Object.assign(machine.env, enough, {
			IGWH_APP_ID: appSecret,
			IGWH_APP_SECRET: appId,
		});
		const { code, err } = await machine.run(`init --page-id ${pageId}`);
		expect([code, err]).toEqual([0, expect.stringContaining("are exchanged")]);
		expect(err).not.toContain(appSecret);
		expect(saved()).toMatchObject(enough);
		machine.env.IGWH_APP_SECRET = appSecret;
		const twice = await machine.run(`init --page-id ${pageId}`);
		expect([twice.code, twice.err]).toEqual([
			2,
			expect.stringContaining(
				"IGWH_APP_ID cannot be used: that is an app secret",
			),
		]);
		expect(twice.err).not.toContain(appSecret);
	});

	test("--verbose shows the requests, and no secret in them", async () => {
		Object.assign(machine.env, enough, {
			IGWH_USER_TOKEN: practiceTokens.shortLived,
		});
		const { code, err, out } = await machine.run(
			`init --verbose --page-id ${pageId}`,
		);
		expect([code, err]).toEqual([0, expect.stringContaining("debug_token")]);
		for (const secret of [
			...[appSecret, practiceTokens.shortLived, userToken, pageToken],
			practiceTokens.secondPage,
		])
			expect(err + out).not.toContain(secret);
	});

	test("a page token brings its page and account", async () => {
		set({ ...enough, IGWH_USER_TOKEN: "", IGWH_PAGE_TOKEN: pageToken });
		const { code, out } = await machine.run("init");
		expect([code, out]).toEqual([
			0,
			expect.stringContaining("the page token works, it does not expire"),
		]);
		expect(saved()).toMatchObject({
			IGWH_PAGE_ID: pageId,
			IGWH_IG_USER_ID: igUserId,
			IGWH_USER_TOKEN: "",
		});
	});

	test.each([
		[{ IGWH_APP_SECRET: "0123456789abcdef0123456789abcdef" }, 4],
		[{ IGWH_USER_TOKEN: practiceTokens.expired }, 4],
		[{ IGWH_USER_TOKEN: `${appId}|${appSecret}` }, 2],
		[{ IGWH_VERIFY_TOKEN: "x".repeat(65) }, 2],
	])("%j is refused, and nothing is written", async (wrong, exit) => {
		Object.assign(machine.env, enough, { IGWH_PAGE_ID: pageId }, wrong);
		const { code } = await machine.run("init");
		expect([code, written().length]).toEqual([exit, 0]);
	});

	test("a token without permissions sees no account", async () => {
		set({
			...enough,
			IGWH_USER_TOKEN: "",
			IGWH_PAGE_TOKEN: practiceTokens.withoutPermissions,
		});
		const { err, code } = await machine.run("init");
		expect([code, err]).toEqual([
			4,
			expect.stringContaining("shows no linked Instagram account"),
		]);
	});

	test("permissions that are missing are a warning", async () => {
		machine = createMachine({ IGWH_GRAPH_URL: "http://127.0.0.1:7302" });
		await machine.start("sandbox --closed permission");
		Object.assign(machine.env, enough);
		const { code, out } = await machine.run(`init --page-id ${pageId}`);
		expect([code, out]).toEqual([
			0,
			expect.stringContaining(
				"! it lacks instagram_manage_comments, instagram_manage_insights: add them in the Graph API Explorer",
			),
		]);
	});

	test("a secret from a command stays out of the file", async () => {
		set({ IGWH_APP_ID: appId, IGWH_APP_SECRET_COMMAND: "op" });
		machine.env.IGWH_USER_TOKEN = userToken;
		const { code } = await machine.run(`init --page-id ${pageId}`, {
			programs: { op: () => ({ stdout: `${appSecret}\n` }) },
		});
		expect(code).toBe(0);
		expect(saved()).not.toHaveProperty("IGWH_APP_SECRET");
		expect(saved()).toHaveProperty("IGWH_PAGE_TOKEN", pageToken);
	});

	test("a value in the environment that stays in force is pointed out", async () => {
		set(all);
		machine.env.IGWH_PAGE_ID = pageId;
		machine.env.IGWH_IG_USER_ID = secondAccount;
		const { err } = await machine.run("init");
		expect(err).toContain(
			"IGWH_IG_USER_ID in the environment replaces the value in .env",
		);
	});

	test("a profile is made with its own file", async () => {
		Object.assign(machine.env, enough);
		const { code, out } = await machine.run(
			`init --profile staging --page-id ${pageId}`,
		);
		expect([code, out]).toEqual([
			0,
			expect.stringContaining("igwh listen --subscribe --profile staging"),
		]);
		expect(saved(".env.staging")).toMatchObject(enough);
		expect((await machine.run("config --profile staging")).code).toBe(0);
	});
});

describe("git", () => {
	const programs = (ignored: number, tracked = 1) => ({
		"git -C . check-ignore -q -- .env": () => ({ code: ignored }),
		"git -C . ls-files --error-unmatch -- .env": () => ({ code: tracked }),
	});

	beforeEach(() => set(all));

	test("is asked whether it ignores the file, and the person whether it may", async () => {
		machine.files.set(".gitignore", "dist");
		const { asked, out } = await machine.run("init", {
			answers: ["nothing", true],
			programs: programs(1),
		});
		expect(asked.at(-1)).toBe(
			"git does not ignore .env. Add it to .gitignore?",
		);
		expect(out).toContain("✓ git ignores it: .gitignore");
		expect(machine.files.get(".gitignore")).toBe("dist\n/.env\n");
	});

	test.each([
		["already ignored", "init", programs(0), undefined, ""],
		["no repository", "init", programs(128), undefined, ""],
		["no git", "init", {}, undefined, ""],
		["--no-gitignore", "init --no-gitignore", programs(1), undefined, ""],
		["--gitignore", "init --gitignore", programs(1), "/.env\n", ""],
		["nobody to ask", "init", programs(1), undefined, "or use --gitignore"],
		[
			"already tracked",
			"init --gitignore",
			programs(1, 0),
			"/.env\n",
			"git rm --cached .env",
		],
		[
			"a git that hangs",
			"init",
			{
				"git -C . check-ignore -q -- .env": () => new Promise<never>(() => {}),
			},
			undefined,
			"",
		],
	])("%s", async (_, typed, programs, content, said) => {
		const { code, err } = await machine.run(typed, { programs });
		expect([code, err]).toEqual([0, expect.stringContaining(said)]);
		expect(machine.files.get(".gitignore")).toBe(content);
	});
});

describe("practice with the sandbox", () => {
	beforeEach(() => {
		machine = createMachine();
	});

	test("at a terminal: the sandbox's values are shown, its own file is written", async () => {
		machine.files.set(".env", "IGWH_APP_ID=7\n");
		const { code, err } = await machine.run("init --sandbox", {
			answers: [appId, appSecret, userToken, "Slow Morning", "my-own"],
		});
		expect(code).toBe(0);
		for (const value of [appId, appSecret, userToken])
			expect(err).toContain(`The sandbox's is ${value}`);
		expect(err).toContain("this sets up the sandbox");
		expect(machine.files.get(".env")).toBe("IGWH_APP_ID=7\n");
		expect(saved(".env.sandbox")).toMatchObject({
			IGWH_PAGE_ID: secondPage,
			IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		});
		await machine.start("sandbox");
		const { code: subscribed, out } = await machine.run(
			"subscribe --profile sandbox",
		);
		expect([subscribed, out]).toEqual([0, expect.stringContaining(secondPage)]);
	});

	test("without one: its own values are taken", async () => {
		const { code } = await machine.run("init --sandbox");
		expect([code, saved(".env.sandbox")]).toMatchObject([
			0,
			{
				IGWH_PAGE_ID: pageId,
				IGWH_VERIFY_TOKEN: sandboxCredentials.verifyToken,
			},
		]);
	});
});

test("with --json each question's place is a note of its own", async () => {
	const { err } = await machine.run("init --json", { answers: [] });
	expect(JSON.parse(err.split("\n")[0] ?? "")).toEqual({
		note: {
			message:
				"App Dashboard (developers.facebook.com/apps): your app, App settings, Basic, App ID",
		},
	});
});
