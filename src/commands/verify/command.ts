import { frameworks } from "../../checks/frameworks.ts";
import { checkName } from "../../checks/receiver/check-name.ts";
import { reportFormats } from "../../checks/report-formats.ts";
import { command } from "../../cli/command.ts";
import {
	choice,
	flag,
	list,
	option,
	positional,
	repeatable,
} from "../../cli/input.ts";
import { signingSettings } from "../../config/settings.ts";
import { integer } from "../../readers/number.ts";
import { receiverUrl } from "../../readers/url.ts";
import { reportTarget } from "./report-target.ts";

export const verify = command({
	name: "verify",
	summary: "Test your webhook receiver: handshake, signatures and deliveries",
	examples: [
		"verify http://127.0.0.1:3000/webhook",
		"verify 3000 --only signature",
		"verify 3000 --framework django --report junit=verify.xml",
		"verify --list",
	],
	settings: [...signingSettings, "verifyToken"],
	inputs: {
		url: positional(
			"[url]",
			"Callback URL of your receiver, or its port",
			receiverUrl,
		),
		only: list("<checks>", "Run only these checks or groups", checkName),
		skip: list("<checks>", "Skip these checks or groups", checkName),
		list: flag("List the checks without running them"),
		all: flag("Show passed checks too, and every failure in detail"),
		timeout: option(
			"<seconds>",
			"Time limit for each answer; Meta waits 5 s",
			integer(1, 300),
			"5",
		),
		maxTime: option(
			"<seconds>",
			"Time limit for the whole run; checks left then do not run",
			integer(1, 3600),
			"120",
		),
		secretFrom: choice("<app>", "App whose secret signs", ["app", "instagram"]),
		framework: choice(
			"<name>",
			"Framework of the code in fixes (default: detected in the answers)",
			frameworks,
		),
		report: repeatable(
			"<format=file>",
			`Also write a report to a file: ${reportFormats.join(", ")}`,
			reportTarget,
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
