import { command } from "../../cli/command.ts";
import { flag, list, option, positionals } from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";
import { instagramField, pageField } from "../../readers/field.ts";
import { id } from "../../readers/id.ts";
import { httpUrl } from "../../readers/url.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";

export const subscribe = command({
	name: "subscribe",
	summary: "Make pages, and the app, send Instagram webhooks",
	examples: [
		"subscribe",
		"subscribe 1755847768034402 --fields feed",
		"subscribe --callback https://name.example/webhook",
		"subscribe --list",
	],
	settings: [...graphSettings, "verifyToken"],
	inputs: {
		pages: positionals(
			"[page-id...]",
			"pages; the configured one if left out",
			id,
		),
		fields: list("<names>", "page fields, separated by commas", pageField, [
			"feed",
		]),
		callback: option(
			"<url>",
			"also point the app's instagram object here",
			httpUrl,
		),
		instagramFields: list(
			"<names>",
			"what the app is told of, with --callback",
			instagramField,
			defaultInstagramFields,
		),
		all: flag("every page the user token sees"),
		list: flag("show what is subscribed, change nothing"),
		dryRun: flag("show the calls that would change something"),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
