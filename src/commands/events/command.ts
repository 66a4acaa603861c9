import { command } from "../../cli/command.ts";
import { flag, option, positionals } from "../../cli/input.ts";
import { deliveredField } from "../../readers/field.ts";
import { deliveryId, id } from "../../readers/id.ts";
import { integer } from "../../readers/number.ts";
import { text } from "../../readers/text.ts";
import { timeBound } from "../../readers/time.ts";

export const events = command({
	name: "events",
	summary: "List stored deliveries, or show some in full",
	examples: [
		"events",
		"events d12",
		"events --field mentions --since 2h",
		"events --failed --since 1d",
		"events --grep challenge",
		"events --follow",
	],
	settings: ["home"],
	inputs: {
		ids: positionals("[id...]", "Deliveries to show in full", deliveryId),
		field: option("<name>", "Only deliveries with this field", deliveredField),
		account: option("<id>", "Only deliveries of this Instagram account", id),
		since: option(
			"<when>",
			"Only since this date (UTC) or this long ago, such as 2h",
			timeBound,
		),
		until: option(
			"<when>",
			"Only until this date (UTC) or this long ago",
			timeBound,
		),
		invalid: flag("Only deliveries with an invalid signature"),
		duplicates: flag("Only deliveries with a change that arrived before"),
		failed: flag("Only deliveries that your app has not accepted"),
		grep: option(
			"<text>",
			"Only deliveries with this text, in any case",
			text("challenge"),
		),
		follow: flag("Keep running and print new deliveries, oldest first"),
		limit: option(
			"<n>",
			"Number of deliveries to list",
			integer(1, 100_000_000),
			"20",
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
