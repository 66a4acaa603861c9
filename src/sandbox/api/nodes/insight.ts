import { graphErrors } from "../graph-error.ts";
import { mayDo } from "../viewer.ts";
import type { ReadContext } from "./node-type.ts";

/** One metric, as both kinds of insights show it. */
export function insight({
	of,
	name,
	period,
	value,
	breakdown,
}: {
	/** The id of the media or account. */
	of: string;
	name: string;
	period: string;
	value: number;
	breakdown?: object | undefined;
}) {
	return {
		...insightName({ of, name, period }),
		values: [{ value }],
		...(breakdown && { total_value: { value, breakdowns: [breakdown] } }),
	};
}

export function insightName({
	of,
	name,
	period,
}: {
	of: string;
	name: string;
	period: string;
}) {
	const title = name
		.replace(/_/g, " ")
		.replace(/^./, (first) => first.toUpperCase());
	return {
		name,
		period,
		title,
		description: `${title}, made up by the sandbox`,
		id: `${of}/insights/${name}/${period}`,
	};
}

/**
 * The metrics a call asks for.
 * @throws GraphError 100 for none, and for one that Meta does not have
 */
export function readMetrics(
	modifiers: ReadonlyMap<string, string>,
	known: readonly string[],
): string[] {
	const metrics = (modifiers.get("metric") ?? "")
		.replace(/[[\]"]/g, "")
		.split(",")
		.map((metric) => metric.trim())
		.filter(Boolean);
	if (metrics.length === 0) throw graphErrors.missingParameter("metric");
	const wrong = metrics.findIndex((metric) => !known.includes(metric));
	if (wrong >= 0) throw graphErrors.unknownMetric(wrong, known);
	return [...new Set(metrics)];
}

/** @throws GraphError 10 */
export function requireInsights({ viewer }: ReadContext): void {
	if (!mayDo(viewer, "instagram_manage_insights"))
		throw graphErrors.noPermission();
}
