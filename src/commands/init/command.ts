import { command } from "../../cli/command.ts";
import { negatable } from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";

export const init = command({
	name: "init",
	summary: "Ask for app, token and page, check them, and write the env file",
	examples: [
		"init",
		"init --profile staging",
		"init --sandbox",
		"init --page-id 1755847768034402 --gitignore",
	],
	settings: [...graphSettings, "instagramAppSecret", "igUserId", "verifyToken"],
	inputs: {
		gitignore: negatable(
			"Let git ignore the env file (default: ask)",
			"Leave .gitignore as it is",
		),
	},
	usesGraph: true,
	showsSettings: true,
	writesEnvFile: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
