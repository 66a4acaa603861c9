import { IgwhError } from "../igwh-error.ts";
import { type Check, groupOf } from "./check.ts";
import { checks } from "./receiver/checks.ts";

/**
 * The checks that `--only` and `--skip` select; both name checks or groups.
 * @throws IgwhError `usage` where none is left
 */
export function selectChecks(
	only: readonly string[],
	skip: readonly string[],
): Check[] {
	const named = (names: readonly string[], check: Check) =>
		names.includes(check.id) || names.includes(groupOf(check));
	const left = checks.filter(
		(check) => (only.length === 0 || named(only, check)) && !named(skip, check),
	);
	if (left.length > 0) return left;
	throw new IgwhError(
		"usage",
		"--only and --skip leave no check to run",
		"list the names with: igwh verify --list",
	);
}
