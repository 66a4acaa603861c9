import type { HeaderList } from "../http.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import { childrenOf, jsonValue, textAt } from "../webhook/json-text.ts";
import { wireBytes, wireStyleOf } from "../webhook/wire-encoding.ts";

/** A delivery as `listen --json` or `events --json` printed it. */
export interface Captured {
	id: string;
	/** Its payload, rebuilt from the record. */
	json: string;
	/** The bytes and headers received, if the record has them. */
	original?: { body: Uint8Array; headers: HeaderList };
	/** The payload has the length of the original body. */
	faithful: boolean;
}

/**
 * Reads the deliveries of a `--json` output, those with changes or a stored body;
 * nothing where the text is not such an output.
 */
export function readCapture(output: string): Captured[] | undefined {
	const lines = output.split("\n").filter((line) => line.trim());
	if (lines.length === 0) return undefined;
	const records = lines.map((line) => ({ line, record: readRecord(line) }));
	if (!records.every(({ record }) => typeof record?.type === "string"))
		return undefined;
	return records.flatMap(({ line, record = {} }) =>
		record.type === "delivery" ? (captured(line, record) ?? []) : [],
	);
}

function readRecord(line: string): Record<string, unknown> | undefined {
	try {
		const record = asRecord(JSON.parse(line));
		return "entry" in record ? undefined : record;
	} catch {
		return undefined;
	}
}

function captured(
	line: string,
	record: Record<string, unknown>,
): Captured | undefined {
	const { id, bytes, bodyBase64, headers, changes } = record;
	if (typeof bodyBase64 === "string") {
		const body = Buffer.from(bodyBase64, "base64");
		const original = {
			body,
			headers: asArray(headers) as unknown as HeaderList,
		};
		return {
			id: asString(id),
			json: body.toString("utf8"),
			faithful: true,
			original,
		};
	}
	if (asArray(changes).length === 0) return undefined;
	const json = payloadOf(line);
	const wire = wireBytes(json, wireStyleOf(jsonValue(json)));
	return { id: asString(id), json, faithful: wire.length === bytes };
}

/**
 * Rebuilds a payload: changes of one account and time belong to one entry, as
 * Meta aggregates them. Values stay as written, because a parser changes numbers.
 */
function payloadOf(line: string): string {
	const object = textAt(line, ["object"]);
	const changes = childrenOf(textAt(line, ["changes"]) ?? "[]").map(
		([, json]) => changeOf(json),
	);
	const isChat = Number(changes[0]?.time) >= 1e11;
	const entries: Entry[] = [];
	for (const { accountId, time, field, value } of changes) {
		const last = entries.at(-1);
		const fits = last?.accountId === accountId && last?.time === time;
		const entry = fits ? (last as Entry) : { accountId, time, parts: [] };
		if (!fits) entries.push(entry);
		const container =
			field === '"standby"' ? "standby" : isChat ? "messaging" : "changes";
		// The dashboard's Test, with account 0, puts the field first.
		const part = isChat
			? (value ?? "null")
			: accountId === '"0"'
				? objectOf({ field, value })
				: objectOf({ value, field });
		entry.parts.push([container, part]);
	}
	const entry = `[${entries.map((one) => entryText(one, isChat)).join(",")}]`;
	return isChat ? objectOf({ object, entry }) : objectOf({ entry, object });
}

interface Entry {
	accountId: string | undefined;
	time: string | undefined;
	parts: [container: string, json: string][];
}

function changeOf(json: string) {
	const member = (name: string) => textAt(json, [name]);
	return {
		accountId: member("accountId"),
		time: member("time"),
		field: member("field"),
		value: member("value"),
	};
}

function entryText({ accountId, time, parts }: Entry, isChat: boolean): string {
	const containers: Record<string, string> = {};
	for (const name of new Set(parts.map(([container]) => container))) {
		const own = parts.filter(([container]) => container === name);
		containers[name] = `[${own.map(([, json]) => json).join(",")}]`;
	}
	const head = isChat ? { time, id: accountId } : { id: accountId, time };
	return objectOf({ ...head, ...containers });
}

/** A JSON object of JSON texts, without those that are undefined. */
function objectOf(parts: Record<string, string | undefined>): string {
	const written = Object.entries(parts)
		.filter(([, json]) => json !== undefined)
		.map(([name, json]) => `${JSON.stringify(name)}:${json}`);
	return `{${written.join(",")}}`;
}
