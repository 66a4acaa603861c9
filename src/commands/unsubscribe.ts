import { command, flag, words } from "../command.ts";
import { callLine } from "../output/call-line.ts";
import { subscriptionLine } from "../output/subscription-line.ts";
import { unsubscribe as unsubscribePages } from "../use-cases/unsubscribe.ts";

export const unsubscribe = command({
	name: "unsubscribe",
	summary: "Stop pages, or the app, from sending webhooks",
	examples: ["unsubscribe", "unsubscribe --all", "unsubscribe --app"],
	inputs: {
		pages: words("[page-id...]", "pages; the configured one if left out"),
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
