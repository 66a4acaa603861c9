import { command } from "../../cli/command.ts";
import { flag, list, option } from "../../cli/input.ts";
import { oneOf } from "../../readers/name.ts";
import { integer, port } from "../../readers/number.ts";
import { sandboxPort } from "../../sandbox/credentials.ts";
import { gateIds } from "../../sandbox/delivery/gate-ids.ts";

export const sandbox = command({
	name: "sandbox",
	summary: "Run a Graph API on this machine, with an account to practise on",
	examples: ["sandbox", "sandbox --port 0 --json", "sandbox --closed app-live"],
	settings: [],
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
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
