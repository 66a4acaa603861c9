import { IgwhError } from "../igwh-error.ts";
import { type Check, groupOf, groups } from "./check.ts";
import { checks } from "./checks/checks.ts";

/**
 * The checks that `--only` and `--skip` leave; each names checks or whole groups.
 * @throws IgwhError `usage` where nothing has such a name, or nothing is left
 */
export function selectChecks(
	only: readonly string[],
	skip: readonly string[],
): Check[] {
	for (const name of [...only, ...skip]) refuseUnknown(name);
	const named = (names: readonly string[], check: Check) =>
		names.includes(check.id) || names.includes(groupOf(check));
	const left = checks.filter(
		(check) => (only.length === 0 || named(only, check)) && !named(skip, check),
	);
	if (left.length > 0) return left;
	throw new IgwhError(
		"usage",
		"--only and --skip leave no check",
		"see the names with: igwh verify --list",
	);
}

function refuseUnknown(name: string): void {
	if (groups.some((group) => group === name)) return;
	if (checks.some(({ id }) => id === name)) return;
	throw new IgwhError(
		"usage",
		`there is no check ${name}`,
		`name a group (${groups.join(", ")}) or a check; see them with: igwh verify --list`,
	);
}
