/** The scenarios that igwh knows by name. */
export const scenarioNames = [
	"viral-post",
	"live-broadcast",
	"expiring-story",
	"self-comments",
	"album-comment",
	"receiver-outage",
	"expired-token",
	"deleted-comment",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];
