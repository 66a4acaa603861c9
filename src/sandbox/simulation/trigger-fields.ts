/** The Instagram fields that an event can be simulated for. */
export const triggerFields = [
	"comments",
	"live_comments",
	"mentions",
	"story_insights",
] as const;
