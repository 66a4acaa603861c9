import type { SandboxRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

export function sandboxLine(record: SandboxRecord, paint: Paint): string {
	switch (record.type) {
		case "ready":
			return readyLines(record, paint);
		case "request": {
			const status = String(record.status);
			const shown =
				record.status < 400 ? paint.good(status) : paint.bad(status);
			return `${shown} ${record.method.padEnd(6)} ${record.path}`;
		}
		case "handshake":
			return record.ok
				? `${paint.good("✓")} handshake with ${record.url}`
				: `${paint.bad("✗")} handshake with ${record.url}: ${record.reason}`;
		case "attempt": {
			const good = record.status === 200;
			const again = record.attempt > 1 ? `, attempt ${record.attempt}` : "";
			return `${good ? paint.good("→") : paint.bad("→")} ${record.field} to ${record.url}: ${record.status ?? record.error}${paint.dim(again)}`;
		}
		case "gate":
			return [
				`${paint.warn("–")} ${record.field} of ${record.accountId} was not delivered`,
				...record.gates.map(
					({ id, detail, fix }) =>
						`    ${paint.warn(id)}  ${detail}\n    ${paint.dim(fix)}`,
				),
			].join("\n");
	}
}

function readyLines(
	{ url, environment }: SandboxRecord & { type: "ready" },
	paint: Paint,
): string {
	return [
		`${paint.strong("The sandbox is")} ${paint.key(url)}. Ctrl-C ends it.`,
		"  Every command of igwh uses it with --sandbox, or with IGWH_SANDBOX=1 in .env.",
		"  For other programs:",
		...Object.entries(environment).map(
			([name, value]) => `    ${paint.dim(`${name}=`)}${value}`,
		),
	].join("\n");
}
