import { command } from "../../cli/command.ts";
import { flag, option, positionals } from "../../cli/input.ts";
import { deliveredField } from "../../readers/field.ts";
import { deliveryId, id } from "../../readers/id.ts";
import { integer } from "../../readers/number.ts";
import { timeBound } from "../../readers/time.ts";

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
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
