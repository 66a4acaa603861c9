import { jsonTokens } from "./json-text.ts";

/** One thing that happened, as a delivery tells it. */
export interface Change {
	/** The Instagram account it happened to: `entry.id`. */
	accountId: string;
	/** Its Instagram field, e.g. `mentions`; for messaging events the field it belongs to. */
	field: string;
	/** `entry.time` as sent: Unix seconds for changes, milliseconds for messaging. */
	time: number;
	value: unknown;
}

export interface ParsedDelivery {
	/** `instagram`, or whatever the sender wrote. */
	object: string;
	changes: Change[];
	/** Why nothing could be read from the body. */
	problem?: string;
}

/**
 * Reads a delivery's body tolerantly: several entries, several changes,
 * `messaging[]` and `standby[]` events, the array around it and the flat
 * entries of Meta's documents, `changed_fields` of a subscription without
 * values, values without their sender. Never throws.
 */
export function parseDelivery(body: Uint8Array): ParsedDelivery {
	let payload: unknown;
	try {
		payload = parseKeepingIds(utf8.decode(body));
	} catch {
		return { object: "", changes: [], problem: "the body is not JSON" };
	}
	if (isDeeper(payload, deepest))
		return {
			object: "",
			changes: [],
			problem: "the body is nested too deeply",
		};
	const payloads = (Array.isArray(payload) ? payload : [payload]).map(asRecord);
	const object =
		payloads.map(({ object }) => asString(object)).find(Boolean) ?? "";
	const changes = payloads.flatMap(({ entry }) =>
		asArray(entry).flatMap(readEntry),
	);
	return changes.length > 0
		? { object, changes }
		: { object, changes, problem: "the body has no changes" };
}

// Every runtime has it; a byte order mark stays, and is not JSON.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Ids are strings on the wire, but not everyone's: a whole number that a double
 * would round becomes a string of its digits.
 */
function parseKeepingIds(text: string): unknown {
	const value: unknown = JSON.parse(text);
	if (!/[^"\d]\d{16,}[^"\d]/.test(text)) return value;
	let exact = "";
	for (const { kind, text: token } of jsonTokens(text)) {
		const isExact =
			kind !== "number" ||
			!/^-?\d+$/.test(token) ||
			Number.isSafeInteger(Number(token));
		exact += kind === "string" || !isExact ? JSON.stringify(token) : token;
	}
	return JSON.parse(exact);
}

function readEntry(entry: unknown): Change[] {
	const {
		id,
		time,
		changes,
		changed_fields,
		messaging,
		standby,
		field,
		value,
	} = asRecord(entry);
	const accountId = asString(id);
	const unix = unixTime(time);
	const all: Change[] = [];
	const add = (field: string, value: unknown) =>
		all.push({ accountId, field, time: unix, value });
	for (const change of asArray(changes)) {
		const { field, value } = asRecord(change);
		add(asString(field), value);
	}
	for (const field of asArray(changed_fields)) add(asString(field), undefined);
	if (field !== undefined) add(asString(field), value);
	for (const event of asArray(messaging)) add(messagingField(event), event);
	for (const event of asArray(standby)) add("standby", event);
	return all;
}

const fieldOfMember = {
	message: "messages",
	message_edit: "message_edit",
	reaction: "message_reactions",
	postback: "messaging_postbacks",
	referral: "messaging_referral",
	read: "messaging_seen",
	optin: "messaging_optins",
	policy_enforcement: "messaging_policy_enforcement",
	response_feedback: "response_feedback",
	pass_thread_control: "messaging_handover",
	take_thread_control: "messaging_handover",
	request_thread_control: "messaging_handover",
	app_roles: "messaging_handover",
} as const;

/** A messaging event does not name its field; the member it carries tells. */
function messagingField(event: unknown): string {
	const carried = asRecord(event);
	if (asRecord(carried.message).is_echo) return "message_echoes";
	for (const [member, field] of Object.entries(fieldOfMember))
		if (member in carried) return field;
	return "messaging";
}

/** The members of a JSON object; none for anything else. */
export function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};
}

/** A time as sent, or as text; 0 when it is none. */
function unixTime(value: unknown): number {
	const time = Number(asString(value));
	return Number.isFinite(time) ? time : 0;
}

/** Far beyond Meta's payloads, far below what printing a value again can take. */
const deepest = 100;

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== "object" || value === null) return false;
	if (levels === 0) return true;
	for (const key in value)
		if (isDeeper((value as Record<string, unknown>)[key], levels - 1))
			return true;
	return false;
}

export function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Ids and names are strings on the wire; a number from elsewhere is taken as its digits. */
export function asString(value: unknown): string {
	return typeof value === "string" || typeof value === "number"
		? String(value)
		: "";
}
