import type {
	StoryNumbers,
	StoryRates,
	StoryTotals,
} from "../../webhook/story-metrics.ts";

/** The insights of one story. */
export interface StoryRecord extends StoryRates {
	type: "story";
	accountId: string;
	mediaId: string;
	deliveryId: string;
	/** ISO 8601. */
	receivedAt: string;
	/** Null where fewer than five people did it; missing where Meta gave none. */
	numbers: StoryNumbers;
	/** Which of the account's stories shown it is, from 1. */
	position: number;
	of: number;
	/** Its reach divided by that of the account's best one, from 0 to 1. */
	reachShare: number | null;
}

/** The sums of an account's stories, or of all (`accountId` null). */
export interface StoryTotalRecord extends StoryTotals {
	type: "total";
	accountId: string | null;
}

/** A line of CSV. */
export interface StoryRowRecord {
	type: "row";
	line: string;
}
