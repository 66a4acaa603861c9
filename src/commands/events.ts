import {
	command,
	duration,
	flag,
	moment,
	text,
	wholeNumber,
	words,
} from "../command.ts";
import { deliveryDetail } from "../output/delivery-detail.ts";
import { deliveryLine } from "../output/delivery-line.ts";
import { events as storedDeliveries } from "../use-cases/events.ts";
import { exportEvents as exportFixtures } from "../use-cases/export-events.ts";
import { pruneEvents as forget } from "../use-cases/prune-events.ts";
import { prettyJson } from "../webhook/pretty-json.ts";

export const events = command({
	name: "events",
	summary: "List the stored deliveries, or show some in full",
	examples: [
		"events",
		"events d12",
		"events --field mentions --since 2h",
		"events --follow",
	],
	inputs: {
		ids: words("[id...]", "deliveries to show in full"),
		field: text("<name>", "those with a change of this field"),
		account: text("<id>", "those of this Instagram account"),
		since: moment(
			"<when>",
			"those from a date on (UTC, as times are shown), or from so long ago: 2h",
		),
		until: moment("<when>", "those up to a date (UTC), or up to so long ago"),
		invalid: flag("those whose signature was not valid"),
		duplicates: flag("those with a change that came before"),
		follow: flag("go on with those that come, oldest first"),
		limit: wholeNumber("<n>", "the most to list", 20, [1, 100_000_000]),
	},
	run: storedDeliveries,
	human: (record, paint) =>
		"headers" in record
			? deliveryDetail(record, paint)
			: deliveryLine(record, paint),
});

export const exportEvents = command({
	name: "events export",
	summary: "Print stored deliveries as fixtures that replay sends",
	examples: [
		"events export d12 > fixture.json",
		"events export d12 --redact > fixture.json",
	],
	inputs: {
		ids: words("<id...>", "the deliveries"),
		redact: flag("replace ids, names and texts, each always by the same"),
	},
	run: exportFixtures,
	human: ({ json }) => prettyJson(json),
});

export const pruneEvents = command({
	name: "events prune",
	summary: "Forget stored deliveries that are old",
	examples: ["events prune --older-than 30d"],
	inputs: {
		olderThan: duration("<time>", "received longer ago than this, such as 30d"),
	},
	run: forget,
	human: ({ deliveries, before }, paint) =>
		`${paint.good("✓")} forgot ${deliveries} deliveries from before ${before}`,
});
