import { command, either, text, wholeNumber } from "../command.ts";
import { deliveryLine } from "../output/delivery-line.ts";
import { listeningLine } from "../output/listening-line.ts";
import { replyLine } from "../output/reply-line.ts";
import { listen as receive } from "../use-cases/listen.ts";

export const listen = command({
	name: "listen",
	summary: "Receive webhooks here: verify, keep, show and pass on each",
	examples: [
		"listen",
		"listen --forward 3000",
		"listen --no-tunnel --port 0",
		"listen --public-url https://name.example --json",
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
		tunnelHost: text(
			"<url>",
			"the localtunnel server",
			"https://localtunnel.me",
		),
		subdomain: text("<name>", "the tunnel's name, if it is free"),
		forward: text("<url>", "pass verified deliveries on: a port, path or URL"),
		replyWith: text(
			"<command>",
			"a program that reads a mention as JSON and prints the answer, if any",
		),
	},
	usesGraph: true,
	run: receive,
	human: (record, paint) =>
		record.type === "delivery"
			? deliveryLine(record, paint)
			: record.type === "reply" || record.type === "unanswered"
				? replyLine(record, paint)
				: listeningLine(record, paint),
});
