import { command } from "../../../cli/command.ts";
import { flag, positionals } from "../../../cli/input.ts";
import { deliveryId } from "../../../readers/id.ts";

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
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
