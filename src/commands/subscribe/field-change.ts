/** The fields a subscription is to have, and what is wrong with those it has. */
export interface FieldChange {
	wanted: string[];
	/** What does not fit what was read back. */
	problem(fields: readonly string[], target: string): string | undefined;
}

/** Adds fields to those there are, or replaces them. */
export function fieldChange(
	previous: readonly string[],
	fields: readonly string[],
	{ replace = false }: { replace?: boolean },
): FieldChange {
	const wanted = [...new Set(replace ? fields : [...previous, ...fields])];
	return {
		wanted,
		problem: (now, target) => {
			const lacking = wanted.filter((field) => !now.includes(field));
			if (lacking.length > 0)
				return `${target} is not subscribed to ${lacking.join(", ")}`;
			const extra = now.filter((field) => !wanted.includes(field));
			return replace && extra.length > 0
				? `${target} is still subscribed to ${extra.join(", ")}`
				: undefined;
		},
	};
}
