import { command } from "../cli/command.ts";
import { flag, positionals } from "../cli/input.ts";
import { id } from "../cli/readers/id.ts";
import { graphSettings } from "../config/settings.ts";
import { callLine } from "../output/call-line.ts";
import { subscriptionLine } from "../output/subscription-line.ts";
import { unsubscribe as unsubscribePages } from "../use-cases/unsubscribe.ts";

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
	human: (record, paint) =>
		record.type === "call"
			? callLine(record, paint)
			: subscriptionLine(record, paint),
});
