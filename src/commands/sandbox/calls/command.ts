import { command } from "../../../cli/command.ts";
import { flag } from "../../../cli/input.ts";

export const sandboxCalls = command({
	name: "sandbox calls",
	summary:
		"Show the calls that the running sandbox answered, and why it refused some",
	examples: ["sandbox calls", "sandbox calls --refused"],
	settings: ["graphUrl", "home"],
	inputs: { refused: flag("Show refused calls only") },
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
