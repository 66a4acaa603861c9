import { type ParsedDelivery, parseDelivery } from "../webhook/delivery.ts";
import type { Algorithm } from "../webhook/signature.ts";
import type { Database, Row } from "../world.ts";
import type {
	Forward,
	StoredChange,
	StoredDelivery,
} from "./stored-delivery.ts";

/** Rows of `deliveries`, with their changes and forwards. */
export function readDeliveries(
	database: Database,
	rows: readonly Row[],
): StoredDelivery[] {
	const ids = JSON.stringify(rows.map(({ id }) => id));
	const repeats = byDelivery(
		database.all(
			"SELECT delivery_id, position, duplicate_of FROM changes WHERE duplicate_of IS NOT NULL AND delivery_id IN (SELECT value FROM json_each(?))",
			[ids],
		),
	);
	const forwards = byDelivery(
		database.all(
			"SELECT delivery_id, url, status, ms, problem, hint FROM forwards WHERE delivery_id IN (SELECT value FROM json_each(?)) ORDER BY id",
			[ids],
		),
	);
	return rows.map((row) =>
		readDelivery(row, repeats.get(row.id) ?? [], forwards.get(row.id) ?? []),
	);
}

function byDelivery(rows: readonly Row[]): Map<unknown, Row[]> {
	const groups = new Map<unknown, Row[]>();
	for (const row of rows) {
		const group = groups.get(row.delivery_id);
		if (group) group.push(row);
		else groups.set(row.delivery_id, [row]);
	}
	return groups;
}

function readDelivery(
	row: Row,
	repeats: readonly Row[],
	forwards: readonly Row[],
): StoredDelivery {
	const optional = (column: string) =>
		row[column] === null ? undefined : String(row[column]);
	const body = row.body as Uint8Array;
	const bytes = Number(row.whole_bytes ?? body.length);
	const parsed: ParsedDelivery =
		bytes > body.length
			? {
					object: "",
					changes: [],
					problem: `refused: only the first ${body.length} of its ${bytes} bytes are stored`,
				}
			: parseDelivery(body);
	const changes: StoredChange[] = parsed.changes.map((change) => ({
		...change,
		duplicateOf: null,
	}));
	for (const { position, duplicate_of } of repeats) {
		const change = changes[Number(position)];
		if (change) change.duplicateOf = `d${duplicate_of}`;
	}
	return {
		id: `d${row.id}`,
		bytes,
		receivedAt: Number(row.received_at),
		target: String(row.target),
		headers: JSON.parse(String(row.headers)),
		body,
		verdict: {
			valid: row.valid === 1,
			algorithm: optional("algorithm") as Algorithm | undefined,
			secret: optional("secret"),
			reason: optional("reason"),
		},
		parsed: { ...parsed, changes },
		duplicateOf: firstOfAll(changes),
		forwards: forwards.map(readForward),
	};
}

/** The first delivery of the same changes, where every change is repeated. */
function firstOfAll(changes: readonly StoredChange[]): string | null {
	const all = changes.every(({ duplicateOf }) => duplicateOf !== null);
	return all ? (changes[0]?.duplicateOf ?? null) : null;
}

function readForward({ url, status, ms, problem, hint }: Row): Forward {
	return {
		url: String(url),
		status: Number(status),
		ms: Number(ms),
		...(problem !== null && { problem: String(problem) }),
		...(hint !== null && { hint: String(hint) }),
	};
}
