import type { Theme } from "../cli/theme.ts";
import { quoted } from "../readers/reader.ts";
import type { CallRecord } from "./call-record.ts";

/** A call as a curl command line; the shell fills in the secrets. */
export function callLine(
	{ method, url, parameters, token, tokenOfPage }: CallRecord,
	theme: Theme,
): string {
	const data = Object.entries(parameters).map(
		([name, value]) => `--data-urlencode ${shellWord(`${name}=${value}`)}`,
	);
	const inQuery = method !== "POST" && data.length > 0 ? " -G" : "";
	return [
		...(tokenOfPage
			? [
					theme.dim(
						`# IGWH_PAGE_TOKEN: the token of page ${tokenOfPage}, from /me/accounts`,
					),
				]
			: []),
		[
			`curl -X ${theme.strong(method)}${inQuery} ${theme.key(quoted(url))}`,
			`-H ${shellWord(`Authorization: Bearer ${token}`)}`,
			...data,
		].join(" \\\n  "),
	].join("\n");
}

/** In double quotes where the shell is to fill something in. */
function shellWord(text: string): string {
	return text.includes("$IGWH_") ? `"${text}"` : quoted(text);
}
