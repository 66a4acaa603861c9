import { command, flag, text, wholeNumber, words } from "../command.ts";
import { deliveryDetail } from "../output/delivery-detail.ts";
import { deliveryLine } from "../output/delivery-line.ts";
import { events as storedDeliveries } from "../use-cases/events.ts";

export const events = command({
	name: "events",
	summary: "List the stored deliveries, or show some in full",
	examples: ["events", "events d12", "events --field mentions --limit 5"],
	inputs: {
		ids: words("[id...]", "deliveries to show in full"),
		field: text("<name>", "those with a change of this field"),
		account: text("<id>", "those of this Instagram account"),
		invalid: flag("those whose signature was not valid"),
		limit: wholeNumber("<n>", "the most to list", 20, [1, 100_000]),
	},
	run: storedDeliveries,
	human: (record, paint) =>
		"headers" in record
			? deliveryDetail(record, paint)
			: deliveryLine(record, paint),
});
