import type { Theme } from "../../cli/theme.ts";
import { callLines } from "./call-lines.ts";
import type { EnvironmentFormat, SandboxRecord } from "./records.ts";

export function view(record: SandboxRecord, theme: Theme): string {
	switch (record.type) {
		case "ready":
			return readyLines(record, theme);
		case "environment":
			return Object.entries(record.environment)
				.map(environmentLine[record.format])
				.join("\n");
		case "request":
			return callLines(record, theme, { verbose: record.verbose ?? false });
		case "handshake":
			return record.ok
				? `${theme.good("✓")} handshake with ${record.url}`
				: `${theme.bad("✗")} handshake with ${record.url}: ${record.reason}`;
		case "attempt": {
			const good = record.status === 200;
			const again = record.attempt > 1 ? `, attempt ${record.attempt}` : "";
			return `${good ? theme.good("→") : theme.bad("→")} ${record.field} to ${record.url}: ${record.status ?? record.error}${theme.dim(again)}`;
		}
		case "disabled":
			return `${theme.bad("✗")} ${record.accountId} was unsubscribed: its deliveries failed for an hour`;
		case "gate":
			return [
				`${theme.warn("–")} ${record.field} of ${record.accountId} was not delivered`,
				...record.gates.map(
					({ id, detail, fix }) =>
						`    ${theme.warn(id)}  ${detail}\n    ${theme.dim(fix)}`,
				),
			].join("\n");
	}
}

/** No value has a character that any of them would read as more than itself. */
const environmentLine: Readonly<
	Record<EnvironmentFormat, (variable: [string, string]) => string>
> = {
	shell: ([name, value]) => `export ${name}='${value}'`,
	dotenv: ([name, value]) => `${name}=${value}`,
	ci: ([name, value]) => `${name}=${value}`,
};

function readyLines(
	{ url, environment }: SandboxRecord & { type: "ready" },
	theme: Theme,
): string {
	return [
		`${theme.strong("The sandbox is")} ${theme.key(url)}. Ctrl-C ends it.`,
		"  igwh uses it with --sandbox, or with IGWH_SANDBOX=1 in .env.",
		"  For other programs:",
		...Object.entries(environment).map(
			([name, value]) => `    ${theme.dim(`${name}=`)}${value}`,
		),
	].join("\n");
}
