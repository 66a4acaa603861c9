import { command, flag, list, text, words } from "../command.ts";
import { callLine } from "../output/call-line.ts";
import { subscriptionLine } from "../output/subscription-line.ts";
import { subscribe as subscribePages } from "../use-cases/subscribe.ts";
import { defaultInstagramFields } from "../webhook/fields.ts";

export const subscribe = command({
	name: "subscribe",
	summary: "Make pages, and the app, send Instagram webhooks",
	examples: [
		"subscribe",
		"subscribe 1755847768034402 --fields feed",
		"subscribe --callback https://name.example/webhook",
		"subscribe --list",
	],
	inputs: {
		pages: words("[page-id...]", "pages; the configured one if left out"),
		fields: list("<names>", "page fields, separated by commas", ["feed"]),
		callback: text("<url>", "also point the app's instagram object here"),
		instagramFields: list(
			"<names>",
			"what the app is told of, with --callback",
			defaultInstagramFields,
		),
		all: flag("every page the user token sees"),
		list: flag("show what is subscribed, change nothing"),
		dryRun: flag("show the calls that would change something"),
	},
	usesGraph: true,
	run: subscribePages,
	human: (record, paint) =>
		record.type === "call"
			? callLine(record, paint)
			: subscriptionLine(record, paint),
});
