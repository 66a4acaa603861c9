import {
	command,
	flag,
	list,
	oneOf,
	pairs,
	wholeNumber,
	words,
} from "../command.ts";
import { verifyLine } from "../output/verify-line.ts";
import { verify as verifyReceiver } from "../use-cases/verify.ts";
import { frameworks } from "../verify/fix.ts";
import { reportFormats } from "../verify/write-report.ts";

export const verify = command({
	name: "verify",
	summary:
		"Test your receiver: handshake, signatures, deliveries of every kind",
	examples: [
		"verify http://127.0.0.1:3000/webhook",
		"verify 3000 --only signature",
		"verify 3000 --framework django --report junit verify.xml",
		"verify --list",
	],
	inputs: {
		url: words("[url]", "the callback URL of your receiver, or its port"),
		only: list("<checks>", "run only these checks or groups", []),
		skip: list("<checks>", "leave these checks or groups out", []),
		list: flag("name the checks, and run none"),
		timeout: wholeNumber(
			"<seconds>",
			"how long an answer may take; Meta waits 5 s",
			5,
			[1, 300],
		),
		secretFrom: oneOf("<app>", "whose secret signs", ["app", "instagram"]),
		framework: oneOf(
			"<name>",
			"whose code the fixes show, if the answers do not tell",
			frameworks,
		),
		report: pairs(
			"<format> <file>",
			"also write a report to a file",
			reportFormats,
		),
	},
	run: verifyReceiver,
	human: verifyLine,
});
