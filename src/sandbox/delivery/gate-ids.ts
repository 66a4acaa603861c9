/** The gates of live delivery, in the order to look at them. The three subscriptions are closed until someone subscribes. */
export const gateIds = [
	"app-subscription",
	"field-subscription",
	"page-subscription",
	"permission",
	"app-live",
	"advanced-access",
	"business-verified",
	"media-owner-public",
	"broadcasting",
] as const;
export type GateId = (typeof gateIds)[number];
