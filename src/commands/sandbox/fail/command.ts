import { command } from "../../../cli/command.ts";
import { flag, positional } from "../../../cli/input.ts";
import { text } from "../../../readers/text.ts";
import { faultInputs } from "../fault-inputs.ts";

export const sandboxFail = command({
	name: "sandbox fail",
	summary:
		"Make calls of the running sandbox fail, wait or lose their connection",
	examples: [
		"sandbox fail 190/463 --on 'POST /mentions' --times 2",
		"sandbox fail --delay 3s",
		"sandbox fail --clear",
	],
	settings: ["graphUrl", "home"],
	inputs: {
		error: positional(
			"[error]",
			"Error of Meta's: code, code/subcode or code@HTTP-status",
			text("190/463"),
		),
		...faultInputs,
		clear: flag("Remove every fault"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
