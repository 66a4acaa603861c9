import { command } from "../../cli/command.ts";
import { choice, flag, list, option } from "../../cli/input.ts";
import { oneOf } from "../../readers/name.ts";
import { integer, port } from "../../readers/number.ts";
import { path, text } from "../../readers/text.ts";
import { sandboxPort } from "../../sandbox/credentials.ts";
import { disablingModes } from "../../sandbox/delivery/disabling-modes.ts";
import { gateIds } from "../../sandbox/delivery/gate-ids.ts";
import { faultInputs } from "./fault-inputs.ts";
import { environmentFormats } from "./records.ts";

export const sandbox = command({
	name: "sandbox",
	summary: "Run a Graph API on this machine, with an account to practise on",
	examples: [
		"sandbox",
		"sandbox --port 0 --json",
		"sandbox --closed app-live",
		"sandbox --fail 190/463 --on 'POST /mentions' --times 2",
		"sandbox --print-env shell",
	],
	settings: ["home"],
	inputs: {
		port: option(
			"<n>",
			"Port of 127.0.0.1; 0 takes a free one",
			port,
			String(sandboxPort),
		),
		closed: list(
			"<gates>",
			`Close gates of live delivery: ${gateIds.join(", ")}`,
			oneOf(gateIds),
		),
		retrySpeed: option(
			"<n>",
			"Retry this many times faster than Meta",
			integer(1, 1_000_000),
			"1",
		),
		allowPublicCallbacks: flag(
			"Call callback URLs that are not on this machine, such as a tunnel's",
		),
		fail: option(
			"<error>",
			"Fail calls with this error of Meta's: code, code/subcode or code@HTTP-status",
			text("190/463"),
		),
		...faultInputs,
		rateLimit: option(
			"<n>",
			"Refuse more calls than this in an hour",
			integer(1, 1_000_000),
		),
		requireAppSecret: flag("Refuse calls without an appsecret_proof"),
		disabling: choice(
			"<which>",
			"Which deliveries unsubscribe the account after failing for an hour",
			disablingModes,
		),
		seed: option(
			"<file>",
			"Add the pages, accounts, media and comments of a JSON file",
			path("seed.json"),
		),
		generate: option(
			"<n>",
			"Add this many fictitious accounts, with media and comments",
			integer(1, 10_000),
		),
		state: option(
			"<file>",
			"File that keeps the state (default: in the home folder)",
			path("sandbox-state.json"),
		),
		fresh: flag("Start with a new state"),
		printEnv: choice(
			"<format>",
			"Print the settings that point to it, and start nothing",
			environmentFormats,
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
