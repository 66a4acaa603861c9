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
		"subscribe 1755847768034402 17841405309211844",
		"subscribe --callback https://name.example/webhook",
		"subscribe --list --all",
	],
	settings: [...graphSettings, "verifyToken", "igUserId", "home"],
	inputs: {
		pages: positionals(
			"[id...]",
			"pages, or Instagram accounts; the configured one if left out",
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
			"what the app receives, with --callback; what an account sends, with Instagram Login",
			instagramField,
			defaultInstagramFields,
		),
		replace: flag("exactly these fields, instead of adding them"),
		all: flag("every page the user token sees"),
		list: flag("show what is subscribed and what does not fit, change nothing"),
		dryRun: flag("show the calls that would change something, as curl lines"),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
