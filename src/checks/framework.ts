import { headerValues } from "../http.ts";
import type { Exchange } from "./check.ts";
import type { Framework } from "./frameworks.ts";

const marks: readonly [Framework, RegExp][] = [
	["next", /^x-powered-by: next\.js|^x-nextjs-|^vary:.*rsc/im],
	["express", /^x-powered-by: express/im],
	["laravel", /^set-cookie: (laravel|xsrf-token)/im],
	["rails", /^x-runtime: |^server: puma/im],
	["django", /^server: wsgiserver|^cross-origin-opener-policy: same-origin$/im],
	["flask", /^server: werkzeug/im],
];

/** The framework that the headers of the answers reveal, if any. */
export function detectFramework(
	exchanges: readonly Exchange[],
): Framework | undefined {
	const heads = exchanges.map(({ answer }) =>
		answer.kind === "response"
			? answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n")
			: "",
	);
	return marks.find(([, mark]) => heads.some((head) => mark.test(head)))?.[0];
}

/** The media type of an answer, without parameters; empty if it has none. */
export function mediaType(headers: Parameters<typeof headerValues>[0]): string {
	const [type = ""] = headerValues(headers, "content-type");
	return (type.split(";")[0] as string).trim().toLowerCase();
}
