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
import { timeBound } from "../../readers/time.ts";
import { receiverUrl } from "../../readers/url.ts";
import { assignment } from "./assignment.ts";
import { expectedStatus } from "./expected-status.ts";

const count = (placeholder: string, description: string, least = 0) =>
	option(placeholder, description, integer(least, 10_000_000), String(least));

export const replay = command({
	name: "replay",
	summary: "Send payloads as Meta does: encoded and signed, with its headers",
	examples: [
		"replay fixtures/mentions.json",
		"replay mentions comments-ad --to http://127.0.0.1:3000/webhook",
		"replay d12",
		"replay --failed --since 2h",
		"replay mentions --set entry.0.id=17841400000000001 --now --new-ids",
		"replay 'captures/**/*.json' --shuffle --duplicate",
		"replay mentions --tamper body --expect 401",
		"replay comments --new-ids --repeat 1000 --concurrency 20",
	],
	settings: [...signingSettings, "home"],
	inputs: {
		sources: positionals(
			"[source...]",
			"Fixtures, folders, 'patterns*', built-in names, stored deliveries, output of listen --json, or - for stdin",
			text("mentions"),
		),
		to: option(
			"<url>",
			"URL or port of the receiver (default: the running listener; with --failed, the app that missed the delivery)",
			receiverUrl,
		),
		failed: flag(
			"Send the stored deliveries that your app did not accept, oldest first",
		),
		since: option(
			"<when>",
			"With --failed: only since this date (UTC) or this long ago, such as 2h",
			timeBound,
		),
		until: option(
			"<when>",
			"With --failed: only until this date (UTC) or this long ago",
			timeBound,
		),
		secretFrom: choice("<app>", "App whose secret signs", ["app", "instagram"]),
		encoding: choice(
			"<how>",
			"Meta's encoding, without white space, or byte for byte",
			encodings,
		),
		set: repeatable(
			"<path=value>",
			"Set a value in the payload (path:=json for JSON)",
			assignment,
		),
		unset: repeatable(
			"<path>",
			"Remove a property from the payload",
			text("entry.0.time"),
		),
		edit: flag(
			"Edit the payload in your $EDITOR first; closing it without a change sends nothing",
		),
		now: flag("Move the payload's times to now"),
		newIds: flag("Give the payload new ids, except those of accounts"),
		resign: flag("Sign a stored delivery again; an edit does so too"),
		sign: choice("<how>", "Signatures to send", signings),
		tamper: choice("<what>", "Change the delivery after signing it", tampers),
		expect: option(
			"<status>",
			"Status that counts as success",
			expectedStatus,
			"2xx",
		),
		repeat: count("<n>", "Send each n times", 1),
		concurrency: count(
			"<n>",
			"Requests at a time; 0 is one, or as many as --rate needs",
		),
		rate: count("<n>", "Requests per second; 0 is as fast as possible"),
		batch: option(
			"<n>",
			"Repeat entries up to n per POST; 0 leaves them",
			integer(0, 1000),
			"0",
		),
		shuffle: flag("Send in random order"),
		duplicate: flag("Send each twice"),
		slow: count("<ms>", "Send each body slowly, over this time"),
		likeMeta: flag("Retry failures when Meta would, over 36 hours"),
		retrySpeed: option(
			"<n>",
			"Make --like-meta n times faster",
			integer(1, 10_000_000),
			"3600",
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
