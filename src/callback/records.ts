/** The app's callback is about to be replaced by this listener's. */
export interface ReplacingRecord {
	type: "replacing";
	appId: string;
	callbackUrl: string;
	previousCallbackUrl: string;
	previousFields: string[];
	/** Whether it can be restored on exit. */
	restorable: boolean;
	/** Why not. */
	reason?: string;
	/** It was inactive; Meta's API restores it active. */
	previousActive?: false;
}

/** Meta does not let the API set the callback: it must be set by hand. */
export interface DashboardRecord {
	type: "dashboard";
	callbackUrl: string;
	verifyToken: string;
	fields: string[];
	reason: string;
	/** The callback to restore by hand too. */
	previousCallbackUrl?: string;
}

export interface SubscriptionRecord {
	type: "subscription";
	target: "page" | "app";
	id: string;
	fields: string[];
	previous: string[];
	changed: boolean;
	callbackUrl?: string;
	previousCallbackUrl?: string;
}
