import { command } from "../../cli/command.ts";

export const demo = command({
	name: "demo",
	summary: "Run every step on this machine, without a Meta account",
	examples: ["demo", "demo --json"],
	settings: [],
	inputs: {},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
