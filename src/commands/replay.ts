import {
	command,
	flag,
	oneOf,
	several,
	text,
	wholeNumber,
	words,
} from "../command.ts";
import { replayLine, replaySummaryLine } from "../output/replay-line.ts";
import { encodings } from "../use-cases/prepare-delivery.ts";
import { replay as replaySources } from "../use-cases/replay.ts";
import { signings, tampers } from "../webhook/delivery-faults.ts";

const count = (placeholder: string, description: string, fallback = 0) =>
	wholeNumber(placeholder, description, fallback, [fallback, 10_000_000]);

export const replay = command({
	name: "replay",
	summary: "Send payloads as Meta would: encoded, signed, with its headers",
	examples: [
		"replay fixtures/mentions.json",
		"replay mentions comments-ad --to http://127.0.0.1:3000/webhook",
		"replay d12",
		"replay mentions --set entry.0.id=17841400000000001 --now --new-ids",
		"replay 'captures/**/*.json' --shuffle --duplicate",
		"replay mentions --tamper body --expect 401",
		"replay comments --new-ids --repeat 1000 --concurrency 20",
	],
	inputs: {
		sources: words(
			"[source...]",
			"fixtures, folders, 'patterns*', built-in names, stored deliveries, output of listen --json, - for stdin",
		),
		to: text("<url>", "the receiver; the running listener if left out"),
		secretFrom: oneOf("<app>", "whose secret signs", ["app", "instagram"]),
		encoding: oneOf(
			"<how>",
			"Meta's encoding, no white space, or byte for byte",
			encodings,
		),
		set: several("<path=value>", "put a value into the payload (path:=json)"),
		unset: several("<path>", "take a member out of the payload"),
		edit: flag("change the payload in your $EDITOR first"),
		now: flag("move its times to now"),
		newIds: flag("give it new ids, except those of accounts"),
		resign: flag("sign a stored delivery again; an edit does so too"),
		sign: oneOf("<how>", "which signatures it carries", signings),
		tamper: oneOf("<what>", "change it after it was signed", tampers),
		expect: text("<status>", "the answer that counts as good", "2xx"),
		repeat: count("<n>", "send each so many times", 1),
		concurrency: count(
			"<n>",
			"send so many at once; 0 is one, or what the rate needs",
		),
		rate: count("<n>", "send so many a second; 0 is as fast as it goes"),
		batch: wholeNumber(
			"<n>",
			"repeat its entries to n a POST; 0 leaves them",
			0,
			[0, 1000],
		),
		shuffle: flag("send in any order"),
		duplicate: flag("send each twice"),
		slow: count("<ms>", "take so long over each body"),
		likeMeta: flag("send again on failure, when Meta would"),
		retrySpeed: wholeNumber(
			"<n>",
			"… that many times faster",
			3600,
			[1, 10_000_000],
		),
	},
	run: replaySources,
	human: (record, paint) =>
		record.type === "summary"
			? replaySummaryLine(record, paint)
			: replayLine(record, paint),
});
