import { command } from "../../../cli/command.ts";
import { positionals } from "../../../cli/input.ts";
import { oneOf } from "../../../readers/name.ts";
import { gateIds } from "../../../sandbox/delivery/gate-ids.ts";

export const sandboxClose = command({
	name: "sandbox close",
	summary: "Close gates of the running sandbox",
	examples: ["sandbox close app-live"],
	settings: ["graphUrl", "home"],
	inputs: {
		gates: positionals(
			"<gate...>",
			`Gates: ${gateIds.join(", ")}`,
			oneOf(gateIds),
		),
	},
	run: () => import("./run.ts"),
	view: () => import("../gates/view.ts"),
});
