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
	summary:
		"Test your receiver: handshake, signatures, deliveries of every kind",
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
			"the callback URL of your receiver, or its port",
			receiverUrl,
		),
		only: list("<checks>", "run only these checks or groups", checkName),
		skip: list("<checks>", "leave these checks or groups out", checkName),
		list: flag("name the checks, and run none"),
		timeout: option(
			"<seconds>",
			"how long an answer may take; Meta waits 5 s",
			integer(1, 300),
			"5",
		),
		secretFrom: choice("<app>", "whose secret signs", ["app", "instagram"]),
		framework: choice(
			"<name>",
			"whose code the fixes show, if the answers do not tell",
			frameworks,
		),
		report: repeatable(
			"<format=file>",
			`also write a report to a file: ${reportFormats.join(", ")}`,
			reportTarget,
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
