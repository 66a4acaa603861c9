import { command } from "../../../cli/command.ts";
import { positionals } from "../../../cli/input.ts";
import { oneOf } from "../../../readers/name.ts";
import { gateIds } from "../../../sandbox/delivery/gate-ids.ts";

export const sandboxOpen = command({
	name: "sandbox open",
	summary: "Open gates of the running sandbox",
	examples: ["sandbox open app-live"],
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
