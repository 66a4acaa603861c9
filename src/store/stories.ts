import {
	asRecord,
	asString,
	type Change,
	parseDelivery,
} from "../webhook/delivery.ts";
import {
	readStoryNumbers,
	type StoryNumbers,
} from "../webhook/story-metrics.ts";
import type { Database, SqlValue } from "../world.ts";

/** The latest insights of a story. */
export interface StoredStory {
	accountId: string;
	mediaId: string;
	/** The delivery that contained them. */
	deliveryId: string;
	/** Milliseconds since 1970. */
	receivedAt: number;
	numbers: StoryNumbers;
}

/** The stories of verified deliveries since a time, oldest first, each once. */
export function stories(database: Database, since: number): StoredStory[] {
	const rows = database.all(
		`SELECT position, delivery_id, received_at
			FROM changes JOIN deliveries ON deliveries.id = delivery_id
			WHERE field = 'story_insights' AND valid = 1 AND received_at >= ?
			ORDER BY delivery_id, position`,
		[since],
	);
	// Read on its own: the rows above would repeat the body for each story.
	const bodies = (id: number) =>
		database.all("SELECT body FROM deliveries WHERE id = ?", [id])[0]
			?.body as Uint8Array;
	const latest = new Map<string, StoredStory>();
	let parsed: { deliveryRow: SqlValue; changes: Change[] } = {
		deliveryRow: null,
		changes: [],
	};
	for (const row of rows) {
		// The rows of one delivery are consecutive; it is parsed once.
		if (parsed.deliveryRow !== row.delivery_id)
			parsed = {
				deliveryRow: row.delivery_id as SqlValue,
				...parseDelivery(bodies(Number(row.delivery_id))),
			};
		const change = parsed.changes[Number(row.position)];
		if (!change) continue;
		const { accountId, value } = change;
		const mediaId = asString(asRecord(value).media_id);
		latest.set(`${accountId} ${mediaId}`, {
			accountId,
			mediaId,
			deliveryId: `d${row.delivery_id}`,
			receivedAt: Number(row.received_at),
			numbers: readStoryNumbers(value),
		});
	}
	return [...latest.values()];
}
