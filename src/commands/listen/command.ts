import { command } from "../../cli/command.ts";
import { flag, list, negatable, option, repeatable } from "../../cli/input.ts";
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
	summary: "Receive webhooks here: verify, keep, show and pass on each",
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
		port: option("<n>", "port of 127.0.0.1; 0 takes a free one", port, "7300"),
		tunnel: negatable("open a tunnel; the default, but not with the sandbox"),
		publicUrl: option(
			"<url>",
			"the address of a tunnel of your own",
			publicUrl,
		),
		check: negatable("test the public URL before it counts; the default"),
		tunnelHost: option(
			"<url>",
			"the localtunnel server",
			serverUrl,
			"https://localtunnel.me",
		),
		subdomain: option("<name>", "the tunnel's name, if it is free", subdomain),
		forward: repeatable(
			"<url>",
			"pass verified deliveries on to a port, path or URL",
			forwardUrl,
		),
		header: repeatable(
			"<line>",
			'add "Name: value" to what is passed on',
			header,
		),
		insecure: flag("take any certificate of the apps"),
		ackFirst: flag("answer Meta 200 before the app is asked"),
		forwardUnverified: flag("pass on deliveries with a bad signature too"),
		forwardHandshake: flag("let the first app answer Meta's handshake"),
		field: list(
			"<names>",
			"pass on only deliveries of these fields",
			deliveredField,
		),
		account: list("<ids>", "pass on only deliveries of these accounts", id),
		record: option(
			"<folder>",
			"write each delivery there as a fixture",
			path("captures"),
		),
		redact: flag(
			"with --record: replace ids, names, texts and all that may be personal",
		),
		subscribe: flag(
			"override the app's callback with this one, and restore it on exit",
		),
		instagramFields: list(
			"<names>",
			"with --subscribe: what to be told of, beside what is",
			instagramField,
			defaultInstagramFields,
		),
		restoreVerifyToken: option(
			"<text>",
			"the old callback's verify token",
			token,
		),
		restore: flag("only restore what an earlier listener overrode, and end"),
		until: option(
			"<n>",
			"end after so many verified deliveries",
			integer(1, 1_000_000),
		),
		untilField: option(
			"<name>",
			"end after a verified delivery of this field",
			deliveredField,
		),
		timeout: option("<time>", "end after this time, such as 30s", duration),
		replyWith: option(
			"<command>",
			"a program that reads a mention as JSON and prints the answer, if any",
			text("./answer.py"),
		),
	},
	usesGraph: true,
	drainMs: 60_000,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
