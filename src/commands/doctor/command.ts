import { liveCheckId, liveCheckName } from "../../checks/live/check-name.ts";
import { reportFormats } from "../../checks/report-formats.ts";
import { reportTarget } from "../../checks/report-target.ts";
import { command } from "../../cli/command.ts";
import { flag, list, option, repeatable } from "../../cli/input.ts";
import { graphSettings, signingSettings } from "../../config/settings.ts";
import { instagramField } from "../../readers/field.ts";
import { httpUrl } from "../../readers/url.ts";
import { typedAnswer } from "./answer.ts";

export const doctor = command({
	name: "doctor",
	summary: "Find out why live deliveries do not arrive",
	examples: [
		"doctor",
		"doctor --fix",
		"doctor --only callback",
		"doctor --explain page.subscription",
	],
	settings: [
		...new Set([
			...graphSettings,
			...signingSettings,
			"verifyToken",
			"igUserId",
			"home",
		] as const),
	],
	inputs: {
		only: list("<checks>", "run only these checks or groups", liveCheckName),
		list: flag("name the checks, and run none"),
		explain: option("<check>", "the background of a check", liveCheckId),
		fields: list(
			"<names>",
			"the Instagram fields that should arrive",
			instagramField,
		),
		callback: option(
			"<url>",
			"the callback URL that the app should have",
			httpUrl,
		),
		fix: flag("offer the calls that repair something, one by one"),
		watch: flag("check again every minute until a live delivery arrives"),
		ask: flag("ask again what no API tells"),
		answer: repeatable(
			"<check=yes>",
			"answer what no API tells: app.live, access.advanced, access.messages",
			typedAnswer,
		),
		report: repeatable(
			"<format=file>",
			`also write a report to a file: ${reportFormats.join(", ")}`,
			reportTarget,
		),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
