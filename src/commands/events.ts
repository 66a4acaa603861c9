import { command } from "../cli/command.ts";
import { flag, option, positionals } from "../cli/input.ts";
import { deliveredField } from "../cli/readers/field.ts";
import { deliveryId, id } from "../cli/readers/id.ts";
import { integer } from "../cli/readers/number.ts";
import { duration, timeBound } from "../cli/readers/time.ts";
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
	settings: ["home"],
	inputs: {
		ids: positionals("[id...]", "deliveries to show in full", deliveryId),
		field: option(
			"<name>",
			"those with a change of this field",
			deliveredField,
		),
		account: option("<id>", "those of this Instagram account", id),
		since: option(
			"<when>",
			"those from a date on (UTC, as times are shown), or from so long ago: 2h",
			timeBound,
		),
		until: option(
			"<when>",
			"those up to a date (UTC), or up to so long ago",
			timeBound,
		),
		invalid: flag("those whose signature was not valid"),
		duplicates: flag("those with a change that came before"),
		follow: flag("go on with those that come, oldest first"),
		limit: option("<n>", "the most to list", integer(1, 100_000_000), "20"),
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
	settings: ["home"],
	inputs: {
		ids: positionals("<id...>", "the deliveries", deliveryId),
		redact: flag(
			"replace ids, names, texts and all that may be personal, each always by the same",
		),
	},
	run: exportFixtures,
	human: ({ json }) => prettyJson(json),
});

export const pruneEvents = command({
	name: "events prune",
	summary: "Remove stored deliveries that are old",
	examples: [
		"events prune --older-than 30d",
		"events prune --older-than 1h --field story_insights --dry-run",
	],
	settings: ["home"],
	inputs: {
		olderThan: option(
			"<time>",
			"received longer ago than this, such as 30d",
			duration,
		),
		field: option(
			"<name>",
			"only those with a change of this field",
			deliveredField,
		),
		account: option("<id>", "only those of this Instagram account", id),
		invalid: flag("only those whose signature was not valid"),
		duplicates: flag("only those with a change that came before"),
		yes: flag("do not ask"),
		dryRun: flag("only say how many it would remove"),
	},
	run: forget,
	human: ({ deliveries, before, dryRun }, paint) =>
		dryRun
			? `${deliveries} deliveries from before ${before} would be removed`
			: `${paint.good("✓")} removed ${deliveries} deliveries from before ${before}`,
});
