import { command, oneOf, text, words } from "../command.ts";
import { replayLine, replaySummaryLine } from "../output/replay-line.ts";
import { replay as replaySources } from "../use-cases/replay.ts";

export const replay = command({
	name: "replay",
	summary: "Send payloads as Meta would: encoded, signed, with its headers",
	examples: [
		"replay fixtures/mentions.json",
		"replay mentions comments-ad --to http://127.0.0.1:3000/webhook",
		"replay d12",
		"replay mentions --tamper body --expect 401",
	],
	inputs: {
		sources: words(
			"[source...]",
			"fixtures, folders, built-in names, stored deliveries, - for stdin",
		),
		to: text("<url>", "the receiver; the running listener if left out"),
		secretFrom: oneOf("<app>", "whose secret signs", ["app", "instagram"]),
		tamper: oneOf("<what>", "change it after it was signed", [
			"body",
			"signature",
		]),
		expect: text("<status>", "the answer that counts as good", "2xx"),
	},
	run: replaySources,
	human: (record, paint) =>
		record.type === "summary"
			? replaySummaryLine(record, paint)
			: replayLine(record, paint),
});
