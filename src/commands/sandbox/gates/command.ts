import { command } from "../../../cli/command.ts";

export const sandboxGates = command({
	name: "sandbox gates",
	summary: "Show the sandbox's gates of live delivery, open and closed",
	examples: ["sandbox gates"],
	settings: ["graphUrl", "home"],
	inputs: {},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
