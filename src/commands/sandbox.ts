import { command, list, wholeNumber } from "../command.ts";
import { sandboxLine } from "../output/sandbox-line.ts";
import { gateIds } from "../sandbox/delivery-gates.ts";
import { sandboxPort } from "../sandbox/sandbox-credentials.ts";
import { runSandbox } from "../use-cases/run-sandbox.ts";

export const sandbox = command({
	name: "sandbox",
	summary: "Run a Graph API on this machine, with an account to practise on",
	examples: ["sandbox", "sandbox --port 0 --json", "sandbox --closed app-live"],
	inputs: {
		port: wholeNumber(
			"<n>",
			"port of 127.0.0.1; 0 takes a free one",
			sandboxPort,
			[0, 65_535],
		),
		closed: list(
			"<gates>",
			`close gates of live delivery: ${gateIds.join(", ")}`,
			[],
		),
		retrySpeed: wholeNumber(
			"<n>",
			"send again that many times faster than Meta",
			1,
			[1, 1_000_000],
		),
	},
	run: runSandbox,
	human: sandboxLine,
});
