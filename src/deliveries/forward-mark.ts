import type { Theme } from "../cli/theme.ts";
import type { Forward } from "../store/deliveries.ts";
import { deliveryTimeoutMs } from "../webhook/meta-retries.ts";

/** How much of what the apps answered a line shows, from the most to the least. */
export const markForms = ["timed", "brief", "worst"] as const;

export type MarkForm = (typeof markForms)[number];

/**
 * What the apps answered: `→ 200 12 ms`, or `→ :3000 200 12 ms  :4000 refused`
 * where there are several.
 */
export function forwardMarks(
	forwards: readonly Forward[],
	form: MarkForm,
	theme: Theme,
): string {
	if (forwards.length === 0) return "";
	const shown =
		form === "worst" ? forwards.toSorted(byGravity).slice(0, 1) : forwards;
	const names = forwards.length > 1 ? appNames(forwards) : new Map();
	return `→ ${shown
		.map((forward) => {
			const mark = markOf(forward, form === "timed");
			const named = [names.get(forward.url), mark].filter(Boolean).join(" ");
			return colourOf(forward, theme)(named);
		})
		.join("  ")}`;
}

/** What stands in a mark instead of the status that Meta gets. */
const problems: Readonly<Record<string, string>> = {
	refused: "refused",
	timeout: "timeout",
	certificate: "certificate",
	failed: "unreachable",
};

function markOf({ status, ms, problem }: Forward, timed: boolean): string {
	const said = problem ? (problems[problem] ?? problem) : String(status);
	return timed && problem !== "refused" ? `${said} ${durationText(ms)}` : said;
}

function durationText(ms: number): string {
	return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`;
}

function colourOf(forward: Forward, theme: Theme) {
	return [theme.good, theme.warn, theme.bad][gravity(forward)] ?? theme.bad;
}

/** 0: accepted; 1: accepted, but Meta may not take it so; 2: failed. */
function gravity({ status, ms }: Forward): number {
	if (status < 200 || status > 299) return 2;
	return status === 200 && ms <= deliveryTimeoutMs ? 0 : 1;
}

function byGravity(a: Forward, b: Forward): number {
	return gravity(b) - gravity(a);
}

/** Apps by what tells them apart: the port on this machine, else the host; with the path where that is the same. */
function appNames(forwards: readonly Forward[]): Map<string, string> {
	const short = forwards.map(({ url }) => appName(url));
	const unique = new Set(short).size === new Set(forwards.map(urlOf)).size;
	return new Map(
		forwards.map(({ url }, index) => [
			url,
			`${short[index]}${unique ? "" : new URL(url).pathname}`,
		]),
	);
}

function urlOf({ url }: Forward): string {
	return url;
}

/** e.g. `:3000` for `http://127.0.0.1:3000/webhook`. */
export function appName(url: string): string {
	const { hostname, host, port } = new URL(url);
	const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
	return isLocal && port ? `:${port}` : host;
}
