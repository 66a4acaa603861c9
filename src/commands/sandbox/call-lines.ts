import type { Theme } from "../../cli/theme.ts";
import type { LoggedCall } from "../../sandbox/log.ts";

/** A call as one line; with `verbose` also what it carried, whose token it was and why it was refused. */
export function callLines(
	{ status, method, path, parameters, as, granted, error }: LoggedCall,
	theme: Theme,
	{ verbose }: { verbose: boolean },
): string {
	const shown =
		status < 400 ? theme.good(String(status)) : theme.bad(String(status));
	const line = `${shown} ${method.padEnd(6)} ${path}`;
	if (!verbose) return line;
	const given = Object.entries(parameters)
		.map(([name, value]) => `${name}=${value}`)
		.join(" ");
	const permissions = granted.length > 0 ? `: ${granted.join(", ")}` : "";
	return [
		line,
		given && `    ${given}`,
		theme.dim(`    as ${as}${permissions}`),
		error &&
			`    ${theme.bad([error.code, error.subcode].filter(Boolean).join("/"))} ${error.message}`,
	]
		.filter(Boolean)
		.join("\n");
}
