import type { Theme } from "../../cli/theme.ts";
import type { SandboxRecord } from "./records.ts";

export function view(record: SandboxRecord, theme: Theme): string {
	switch (record.type) {
		case "ready":
			return readyLines(record, theme);
		case "request": {
			const status = String(record.status);
			const shown =
				record.status < 400 ? theme.good(status) : theme.bad(status);
			return `${shown} ${record.method.padEnd(6)} ${record.path}`;
		}
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
