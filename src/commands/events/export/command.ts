import { command } from "../../../cli/command.ts";
import { flag, positionals } from "../../../cli/input.ts";
import { deliveryId } from "../../../readers/id.ts";

export const exportEvents = command({
	name: "events export",
	summary: "Print stored deliveries as fixtures for replay",
	examples: [
		"events export d12 > fixture.json",
		"events export d12 --redact > fixture.json",
	],
	settings: ["home"],
	inputs: {
		ids: positionals("<id...>", "Deliveries to print", deliveryId),
		redact: flag(
			"Replace ids, names, texts and other personal data, each value always by the same",
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
