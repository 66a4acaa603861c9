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
			"port of 127.0.0.1; 0 takes a free one",
			port,
			String(sandboxPort),
		),
		closed: list(
			"<gates>",
			`close gates of live delivery: ${gateIds.join(", ")}`,
			oneOf(gateIds),
		),
		retrySpeed: option(
			"<n>",
			"send again that many times faster than Meta",
			integer(1, 1_000_000),
			"1",
		),
		allowPublicCallbacks: flag(
			"call callback URLs that are not on this machine, such as a tunnel's",
		),
		fail: option(
			"<error>",
			"let calls fail with Meta's code, code/subcode, or code@HTTP-status",
			text("190/463"),
		),
		...faultInputs,
		rateLimit: option(
			"<n>",
			"refuse more calls than that in an hour",
			integer(1, 1_000_000),
		),
		requireAppSecret: flag("refuse calls without an appsecret_proof"),
		disabling: choice(
			"<which>",
			"unsubscribe the account after an hour of failed deliveries of",
			disablingModes,
		),
		seed: option(
			"<file>",
			"add pages, accounts, media and comments",
			path("seed.json"),
		),
		generate: option(
			"<n>",
			"make up that many accounts, with media and comments",
			integer(1, 10_000),
		),
		state: option(
			"<file>",
			"keep its state there (default: in the home folder)",
			path("sandbox-state.json"),
		),
		fresh: flag("forget its state, and start anew"),
		verbose: flag(
			"show what calls carry, what their token may do, and why they are refused",
		),
		printEnv: choice(
			"<format>",
			"print the settings that lead to it, and start nothing",
			environmentFormats,
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
