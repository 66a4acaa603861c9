import type { Config, Settings } from "../../config/config.ts";
import { lastFour } from "../../config/last-four.ts";
import {
	missingSettings,
	type Need,
	namesOf,
} from "../../config/missing-settings.ts";
import { type Setting, settings } from "../../config/settings.ts";
import { type Login, loginOf } from "../../graph/login.ts";
import type { World } from "../../world.ts";
import { setUpAccess } from "./access.ts";
import { setUpApp } from "./app.ts";
import { planIgnoring } from "./git-ignore.ts";
import { names } from "./given.ts";
import type { CurrentRecord, InitRecord } from "./records.ts";
import { save } from "./save.ts";
import { openSetup, type Setup, type Topic } from "./setup.ts";

interface InitInput {
	gitignore: boolean | undefined;
}

/**
 * From nothing to settings that are checked. The env file is written last and in
 * one step, so that an interruption leaves everything as it was.
 */
export async function* run(
	input: InitInput,
	config: Config,
	world: World,
): AsyncGenerator<InitRecord> {
	const setup = await openSetup(config, world);
	if (!setup.interactive) requireAnswers(setup);
	yield* currentRecords(setup);
	await chooseChanges(setup);
	const app = yield* setUpApp(setup);
	const access = yield* setUpAccess(setup, app);
	const values: Settings = {
		appId: app.id,
		appSecret: app.secret.reveal(),
		...access,
		verifyToken: await setUpVerifyToken(setup),
		...addressOf(setup),
	};
	const login = access.instagramToken ? "instagram" : "facebook";
	const ignoring = await planIgnoring(setup, input.gitignore);
	yield await save(setup, withLogin(setup, values, login), ignoring);
}

/** @throws IgwhError `configuration` that names all that is missing */
function requireAnswers({ values }: Setup): void {
	const missing = needs.filter((need) => !values[namesOf(need)[0]]);
	if (missing.length > 0) throw missingSettings(missing);
}

/** One token of the three is enough: it stands where the user token does. */
const needs: readonly Need[] = [
	"appId",
	"appSecret",
	["userToken", "pageToken", "instagramToken"],
];

function* currentRecords({ values }: Setup): Generator<CurrentRecord> {
	for (const name of names) {
		const value = values[name];
		if (!value || (name === "userToken" && isOtherToken(values))) continue;
		const { env, secret }: Setting = settings[name];
		yield { type: "current", env, value: secret ? lastFour(value) : value };
	}
}

/** The token that is used stands among the others as well. */
function isOtherToken(values: Settings): boolean {
	return [values.pageToken, values.instagramToken].includes(values.userToken);
}

const topics: readonly { name: string; value: readonly Topic[] }[] = [
	{ name: "nothing: check what is set", value: [] },
	{ name: "the app: its id and secret", value: ["app"] },
	{ name: "the token", value: ["token"] },
	{ name: "the page", value: ["page"] },
	{ name: "the verify token", value: ["verifyToken"] },
	{ name: "everything", value: ["app", "token", "page", "verifyToken"] },
];

/** Where all is set, nothing is asked but what to change. */
async function chooseChanges(setup: Setup): Promise<void> {
	const { appId, appSecret, userToken } = setup.values;
	if (!setup.interactive || !appId || !appSecret || !userToken) return;
	const chosen = await setup.world.prompts.select(
		"What do you want to change?",
		[...topics],
	);
	for (const topic of chosen) setup.changes.add(topic);
	if (setup.changes.has("app")) setup.answers.askAgain(["appId", "appSecret"]);
	if (setup.changes.has("token"))
		setup.answers.askAgain(["userToken", "instagramAppSecret"]);
	if (setup.changes.has("verifyToken")) setup.answers.askAgain(["verifyToken"]);
}

/** Made where there is none: 32 characters. */
async function setUpVerifyToken(setup: Setup): Promise<string> {
	const { values, world } = setup;
	if (values.verifyToken === undefined) {
		values.verifyToken = Buffer.from(world.randomBytes(24)).toString(
			"base64url",
		);
		setup.answers.askAgain(["verifyToken"]);
	}
	return setup.answers.get("verifyToken");
}

/** An address that was given by flag, or is the sandbox's. */
function addressOf({ config }: Setup): Settings {
	const given = (name: "graphUrl" | "apiVersion") =>
		config.source(name) === "flag" ? { [name]: config.get(name) } : {};
	return {
		...(config.sandbox ? { graphUrl: config.get("graphUrl") } : {}),
		...given("graphUrl"),
		...given("apiVersion"),
	};
}

/** Says which login to use, where the tokens that are set would tell otherwise. */
function withLogin(setup: Setup, values: Settings, login: Login): Settings {
	return loginOf(setup.config.with(values)) === login
		? values
		: { ...values, login };
}
