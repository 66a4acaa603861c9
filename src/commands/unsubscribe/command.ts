import { command } from "../../cli/command.ts";
import { flag, positionals } from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";
import { id } from "../../readers/id.ts";

export const unsubscribe = command({
	name: "unsubscribe",
	summary: "Stop pages, or the app, from sending webhooks",
	examples: ["unsubscribe", "unsubscribe --all", "unsubscribe --app"],
	settings: graphSettings,
	inputs: {
		pages: positionals(
			"[id...]",
			"pages, or Instagram accounts; the configured one if left out",
			id,
		),
		all: flag("every page the user token sees"),
		app: flag("end the app's instagram subscription"),
		dryRun: flag("show the calls that would change something"),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
