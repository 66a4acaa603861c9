import { command } from "../../cli/command.ts";
import { flag } from "../../cli/input.ts";
import { type SettingName, settings } from "../../config/settings.ts";

export const config = command({
	name: "config",
	summary: "Show every setting, and where its value comes from",
	examples: ["config", "config --profile staging", "config --json"],
	settings: Object.keys(settings) as SettingName[],
	inputs: {
		runCommands: flag(
			"Run the commands that secrets come from (IGWH_…_COMMAND)",
		),
	},
	showsSettings: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
