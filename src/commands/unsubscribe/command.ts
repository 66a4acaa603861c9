import { subscriptionLine } from "../../callback/subscription-view.ts";
import { command } from "../../cli/command.ts";
import { flag, positionals } from "../../cli/input.ts";
import { id } from "../../cli/readers/id.ts";
import { graphSettings } from "../../config/settings.ts";
import { callLine } from "../../graph/call-view.ts";
import { unsubscribe as unsubscribePages } from "./run.ts";

export const unsubscribe = command({
	name: "unsubscribe",
	summary: "Stop pages, or the app, from sending webhooks",
	examples: ["unsubscribe", "unsubscribe --all", "unsubscribe --app"],
	settings: graphSettings,
	inputs: {
		pages: positionals(
			"[page-id...]",
			"pages; the configured one if left out",
			id,
		),
		all: flag("every page the user token sees"),
		app: flag("end the app's instagram subscription"),
		dryRun: flag("show the calls that would change something"),
	},
	usesGraph: true,
	run: unsubscribePages,
	human: (record, theme) =>
		record.type === "call"
			? callLine(record, theme)
			: subscriptionLine(record, theme),
});
