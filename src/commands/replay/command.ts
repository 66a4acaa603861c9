import { command } from "../../cli/command.ts";
import {
	choice,
	flag,
	option,
	positionals,
	repeatable,
} from "../../cli/input.ts";
import { signingSettings } from "../../config/settings.ts";
import { encodings, signings, tampers } from "../../payloads/variants.ts";
import { integer } from "../../readers/number.ts";
import { text } from "../../readers/text.ts";
import { receiverUrl } from "../../readers/url.ts";
import { assignment } from "./assignment.ts";
import { expectedStatus } from "./expected-status.ts";

const count = (placeholder: string, description: string, least = 0) =>
	option(placeholder, description, integer(least, 10_000_000), String(least));

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
	settings: [...signingSettings, "home"],
	inputs: {
		sources: positionals(
			"[source...]",
			"fixtures, folders, 'patterns*', built-in names, stored deliveries, output of listen --json, - for stdin",
			text("mentions"),
		),
		to: option(
			"<url>",
			"the receiver; the running listener if left out",
			receiverUrl,
		),
		secretFrom: choice("<app>", "whose secret signs", ["app", "instagram"]),
		encoding: choice(
			"<how>",
			"Meta's encoding, no white space, or byte for byte",
			encodings,
		),
		set: repeatable(
			"<path=value>",
			"put a value into the payload (path:=json)",
			assignment,
		),
		unset: repeatable(
			"<path>",
			"take a member out of the payload",
			text("entry.0.time"),
		),
		edit: flag("change the payload in your $EDITOR first"),
		now: flag("move its times to now"),
		newIds: flag("give it new ids, except those of accounts"),
		resign: flag("sign a stored delivery again; an edit does so too"),
		sign: choice("<how>", "which signatures it carries", signings),
		tamper: choice("<what>", "change it after it was signed", tampers),
		expect: option(
			"<status>",
			"the answer that counts as good",
			expectedStatus,
			"2xx",
		),
		repeat: count("<n>", "send each so many times", 1),
		concurrency: count(
			"<n>",
			"send so many at once; 0 is one, or what the rate needs",
		),
		rate: count("<n>", "send so many a second; 0 is as fast as it goes"),
		batch: option(
			"<n>",
			"repeat its entries to n a POST; 0 leaves them",
			integer(0, 1000),
			"0",
		),
		shuffle: flag("send in any order"),
		duplicate: flag("send each twice"),
		slow: count("<ms>", "take so long over each body"),
		likeMeta: flag("send again on failure, when Meta would"),
		retrySpeed: option(
			"<n>",
			"… that many times faster",
			integer(1, 10_000_000),
			"3600",
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
