import { headerValues } from "../http.ts";
import type { Exchange } from "./check.ts";
import type { Framework } from "./frameworks.ts";

const signs: readonly [Framework, RegExp][] = [
	["next", /^x-powered-by: next\.js|^x-nextjs-|^vary:.*rsc/im],
	["express", /^x-powered-by: express/im],
	["laravel", /^set-cookie: (laravel|xsrf-token)/im],
	["rails", /^x-runtime: |^server: puma/im],
	["django", /^server: wsgiserver|^cross-origin-opener-policy: same-origin$/im],
	["flask", /^server: werkzeug/im],
];

/** The framework that an answer's headers give away, if any does. */
export function detectFramework(
	exchanges: readonly Exchange[],
): Framework | undefined {
	const heads = exchanges.map(({ answer }) =>
		answer.kind === "response"
			? answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n")
			: "",
	);
	return signs.find(([, sign]) => heads.some((head) => sign.test(head)))?.[0];
}

/** What an answer says it is, without parameters; empty where it does not. */
export function mediaType(headers: Parameters<typeof headerValues>[0]): string {
	const [type = ""] = headerValues(headers, "content-type");
	return (type.split(";")[0] as string).trim().toLowerCase();
}
