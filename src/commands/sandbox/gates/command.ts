import { command } from "../../../cli/command.ts";

export const sandboxGates = command({
	name: "sandbox gates",
	summary: "Show the gates of live delivery in the running sandbox",
	examples: ["sandbox gates"],
	settings: ["graphUrl", "home"],
	inputs: {},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
