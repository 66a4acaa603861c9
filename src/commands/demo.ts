import { command } from "../cli/command.ts";
import { demoLine } from "../output/demo-line.ts";
import { demo as perform } from "../use-cases/demo.ts";

export const demo = command({
	name: "demo",
	summary: "See the whole loop work on this machine, without a Meta account",
	examples: ["demo", "demo --json"],
	settings: [],
	inputs: {},
	run: perform,
	human: demoLine,
});
