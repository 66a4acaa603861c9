import type { HeaderList } from "../http.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import { wireBytes, wireStyleOf } from "../webhook/wire-encoding.ts";

/** A delivery as `listen --json` or `events --json` told of it. */
export interface Captured {
	id: string;
	/** Its payload, put together again from what was told. */
	json: string;
	/** What it was, where the record has it in full. */
	original?: { body: Uint8Array; headers: HeaderList };
	/** The payload is as long as the body was. */
	faithful: boolean;
}

/** The lines of a `--json` output that tell of deliveries; nothing where it is no such output. */
export function readCapture(output: string): Captured[] | undefined {
	const lines = output.split("\n").filter((line) => line.trim());
	if (lines.length === 0) return undefined;
	const records = lines.map(readRecord);
	if (!records.every((record) => typeof record?.type === "string"))
		return undefined;
	return (records as Record<string, unknown>[])
		.filter(
			({ type, changes }) => type === "delivery" && asArray(changes).length,
		)
		.map(captured);
}

function readRecord(line: string): Record<string, unknown> | undefined {
	try {
		const record = asRecord(JSON.parse(line));
		return "entry" in record ? undefined : record;
	} catch {
		return undefined;
	}
}

function captured(record: Record<string, unknown>): Captured {
	const { id, bytes, bodyBase64, headers } = record;
	const json = JSON.stringify(payloadOf(record));
	const wire = wireBytes(json, wireStyleOf(JSON.parse(json)));
	return {
		id: asString(id),
		json,
		faithful: wire.length === bytes,
		...(typeof bodyBase64 === "string" && {
			original: {
				body: Buffer.from(bodyBase64, "base64"),
				headers: asArray(headers) as unknown as HeaderList,
			},
		}),
	};
}

/** Changes of one account and time stood in one entry, as Meta aggregates them. */
function payloadOf({ object, changes }: Record<string, unknown>) {
	const parts = asArray(changes).map(asRecord);
	const isChat = Number(parts[0]?.time) >= 1e11;
	const entries: Record<string, unknown>[] = [];
	for (const { accountId, time, field, value } of parts) {
		const container =
			field === "standby" ? "standby" : isChat ? "messaging" : "changes";
		const last = entries.at(-1);
		const fits = last?.id === accountId && last?.time === time;
		const entry = fits
			? (last as Record<string, unknown>)
			: isChat
				? { time, id: accountId }
				: { id: accountId, time };
		if (!fits) entries.push(entry);
		// The dashboard's Test puts the field first, and its account is 0.
		const part = isChat
			? value
			: accountId === "0"
				? { field, value }
				: { value, field };
		entry[container] = [...asArray(entry[container]), part];
	}
	return isChat ? { object, entry: entries } : { entry: entries, object };
}
