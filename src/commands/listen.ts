import {
	command,
	duration,
	either,
	flag,
	list,
	several,
	text,
	wholeNumber,
} from "../command.ts";
import { deliveryLine } from "../output/delivery-line.ts";
import { listeningLine } from "../output/listening-line.ts";
import { replyLine } from "../output/reply-line.ts";
import { listen as receive } from "../use-cases/listen.ts";
import { defaultInstagramFields } from "../webhook/fields.ts";

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
	inputs: {
		port: wholeNumber(
			"<n>",
			"port of 127.0.0.1; 0 takes a free one",
			7300,
			[0, 65_535],
		),
		tunnel: either("open a tunnel; the default, but not with the sandbox"),
		publicUrl: text("<url>", "the address of a tunnel of your own"),
		check: either("test the public URL before it counts; the default"),
		tunnelHost: text(
			"<url>",
			"the localtunnel server",
			"https://localtunnel.me",
		),
		subdomain: text("<name>", "the tunnel's name, if it is free"),
		forward: several(
			"<url>",
			"pass verified deliveries on to a port, path or URL",
		),
		header: several("<line>", 'add "Name: value" to what is passed on'),
		insecure: flag("take any certificate of the apps"),
		ackFirst: flag("answer Meta 200 before the app is asked"),
		forwardUnverified: flag("pass on deliveries with a bad signature too"),
		forwardHandshake: flag("let the first app answer Meta's handshake"),
		field: list("<names>", "pass on only deliveries of these fields", []),
		account: list("<ids>", "pass on only deliveries of these accounts", []),
		record: text("<folder>", "write each delivery there as a fixture"),
		redact: flag("with --record: replace ids, names and texts"),
		subscribe: flag(
			"point the app's callback here, and put the old one back on exit",
		),
		instagramFields: list(
			"<names>",
			"with --subscribe: what to be told of, beside what is",
			defaultInstagramFields,
		),
		restoreVerifyToken: text("<text>", "the old callback's verify token"),
		restore: flag("only put back what an earlier listener left, and end"),
		until: wholeNumber(
			"<n>",
			"end after so many verified deliveries",
			undefined,
			[1, 1_000_000],
		),
		untilField: text("<name>", "end after a verified delivery of this field"),
		timeout: duration("<time>", "end after this time, such as 30s"),
		replyWith: text(
			"<command>",
			"a program that reads a mention as JSON and prints the answer, if any",
		),
	},
	usesGraph: true,
	drainMs: 60_000,
	run: receive,
	human: (record, paint) =>
		record.type === "delivery"
			? deliveryLine(record, paint)
			: record.type === "reply" || record.type === "unanswered"
				? replyLine(record, paint)
				: listeningLine(record, paint),
});
