import { command } from "../../cli/command.ts";
import {
	flag,
	group,
	list,
	negatable,
	option,
	repeatable,
} from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";
import { deliveredField, instagramField } from "../../readers/field.ts";
import { header } from "../../readers/header.ts";
import { id } from "../../readers/id.ts";
import { subdomain } from "../../readers/name.ts";
import { integer, port } from "../../readers/number.ts";
import { path, text, token } from "../../readers/text.ts";
import { duration } from "../../readers/time.ts";
import { forwardUrl, publicUrl, serverUrl } from "../../readers/url.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";

export const listen = command({
	name: "listen",
	summary: "Receive, verify and store webhooks; forward them to your app",
	examples: [
		"listen",
		"listen --forward 3000",
		"listen --no-tunnel --port 0",
		"listen --public-url https://name.example --json",
		"listen --subscribe --restore-verify-token old-token",
		"listen --until-field mentions --timeout 30s",
	],
	settings: [
		...graphSettings,
		"instagramAppSecret",
		"verifyToken",
		"igUserId",
		"home",
	],
	inputs: {
		port: option(
			"<n>",
			"Port to listen on at 127.0.0.1; 0 takes a free one",
			port,
			"7300",
		),
		...group("Tunnel", {
			tunnel: negatable(
				"Open a tunnel (default, except with --sandbox)",
				"Don't open a tunnel",
			),
			publicUrl: option(
				"<url>",
				"Public address of a tunnel or reverse proxy of your own",
				publicUrl,
			),
			check: negatable(
				"Test the public URL before using it (default)",
				"Don't test the public URL",
			),
			tunnelHost: option(
				"<url>",
				"Localtunnel server",
				serverUrl,
				"https://localtunnel.me",
			),
			subdomain: option(
				"<name>",
				"Tunnel name to ask for; another one if it is taken",
				subdomain,
			),
		}),
		...group("Forwarding", {
			forward: repeatable(
				"<url>",
				"Forward verified deliveries to a port, path or URL",
				forwardUrl,
			),
			header: repeatable(
				"<line>",
				'Header to add when forwarding, as "Name: value"',
				header,
			),
			insecure: flag("Skip TLS certificate checks when forwarding"),
			ackFirst: flag("Answer Meta 200 before forwarding"),
			forwardUnverified: flag(
				"Forward deliveries with an invalid signature too",
			),
			forwardHandshake: flag("Let the first app answer Meta's handshake"),
			field: list(
				"<names>",
				"Forward only deliveries of these fields",
				deliveredField,
			),
			account: list(
				"<ids>",
				"Forward only deliveries of these Instagram accounts",
				id,
			),
			replyWith: option(
				"<command>",
				"Program that reads a mention as JSON and prints the reply, if any",
				text("./answer.py"),
			),
		}),
		...group("Subscription", {
			subscribe: flag(
				"Point the app's callback here, and restore the old one on exit",
			),
			instagramFields: list(
				"<names>",
				"Instagram fields to add when subscribing",
				instagramField,
				defaultInstagramFields,
			),
			restoreVerifyToken: option(
				"<text>",
				"Verify token of the old callback",
				token,
			),
			restore: flag("Restore what an earlier listener replaced, then exit"),
		}),
		...group("Ending", {
			until: option(
				"<n>",
				"Exit after this many verified deliveries",
				integer(1, 1_000_000),
			),
			untilField: option(
				"<name>",
				"Exit after a verified delivery of this field",
				deliveredField,
			),
			timeout: option("<time>", "Exit after this time, such as 30s", duration),
		}),
		...group("Output", {
			record: option(
				"<folder>",
				"Write each delivery to this folder as a fixture",
				path("captures"),
			),
			redact: flag(
				"With --record: replace ids, names, texts and other personal data",
			),
		}),
	},
	usesGraph: true,
	drainMs: 60_000,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
