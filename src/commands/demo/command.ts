import { command } from "../../cli/command.ts";
import { demo as perform } from "./run.ts";
import { demoLine } from "./view.ts";

export const demo = command({
	name: "demo",
	summary: "See the whole loop work on this machine, without a Meta account",
	examples: ["demo", "demo --json"],
	settings: [],
	inputs: {},
	run: perform,
	human: demoLine,
});
