import type { FixtureRecord } from "../../../deliveries/records.ts";
import { prettyJson } from "../../../payloads/pretty-json.ts";

export function view({ json }: FixtureRecord): string {
	return prettyJson(json);
}
