import type { HeaderList } from "../../http.ts";
import { batchOf } from "../../payloads/batch.ts";
import { damagedHeaders, tampered } from "../../payloads/damage.ts";
import { encodePayload } from "../../payloads/encode-payload.ts";
import { editPayload, type PayloadEdit } from "../../payloads/payload-edits.ts";
import { freshIds, freshTimes } from "../../payloads/refresh.ts";
import type { Encoding, Signing, Tamper } from "../../payloads/variants.ts";
import { jsonValue } from "../../webhook/json-text.ts";
import { wireStyleOf } from "../../webhook/wire-encoding.ts";
import type { World } from "../../world.ts";
import { editInEditor } from "./edit-in-editor.ts";
import { readPayload, setEdit, unsetEdit } from "./explained-edits.ts";
import { sendAsReceived } from "./send-as-received.ts";
import type { ReplaySource } from "./sources.ts";

/** What is changed in a payload before it is sent. */
export interface Preparation {
	/** If left out: Meta's for fixtures, the original bytes for received deliveries. */
	encoding: Encoding | undefined;
	set: readonly string[];
	unset: readonly string[];
	edit: boolean;
	now: boolean;
	newIds: boolean;
	/** Entries per POST; 0 leaves them. */
	batch: number;
	/** Sign again what was received with a signature. */
	resign: boolean;
	sign: Signing | undefined;
	tamper: Tamper | undefined;
}

/** A POST as it is sent. */
export interface Outgoing {
	body: Uint8Array;
	headers: HeaderList;
}

interface Context {
	secret: string;
	world: World;
}

/**
 * How a source becomes a POST: its payload is read, edited, encoded and signed.
 * What differs for each delivery, such as new ids, is done at each call.
 * @throws IgwhError where an edit does not fit
 */
export async function prepareDelivery(
	source: ReplaySource,
	preparation: Preparation,
	{ secret, world }: Context,
): Promise<() => Outgoing> {
	const { sign, tamper, encoding } = preparation;
	if (source.original && isSentAsReceived(preparation)) {
		const received = sendAsReceived(source.original, preparation, secret);
		const outgoing = tampered(received, tamper);
		return () => outgoing;
	}
	const { text, varies } = await editedText(source, preparation, world);
	const style = wireStyleOf(jsonValue(text()));
	const make = () => {
		const body = encodePayload(text(), style, encoding);
		const headers = damagedHeaders(body, style, { sign, secret });
		return tampered({ body, headers }, tamper);
	};
	if (varies) return make;
	const outgoing = make();
	return () => outgoing;
}

/** Whether a received delivery keeps its bytes. */
export function isSentAsReceived(preparation: Preparation): boolean {
	const { set, unset, edit, now, newIds, batch, encoding } = preparation;
	const edits = set.length + unset.length + batch > 0 || edit || now || newIds;
	return !edits && (encoding === undefined || encoding === "raw");
}

/** The payload's text with all edits, for each delivery. */
async function editedText(
	source: ReplaySource,
	{ set, unset, edit, now, newIds, batch }: Preparation,
	world: World,
): Promise<{ text: () => string; varies: boolean }> {
	const fixed = [...set.map(setEdit), ...unset.map(unsetEdit)];
	const { clock, randomBytes } = world;
	const last: PayloadEdit[] = [
		...(newIds ? [freshIds(() => randomNumber(randomBytes))] : []),
		...(now ? [freshTimes(clock.now)] : []),
		...(batch > 0 ? [{ apply: (json: string) => batchOf(json, batch) }] : []),
	];
	const varies = now || newIds;
	const payload = readPayload(source);
	if (edit) {
		const edited = editPayload(payload, fixed)();
		const written = await editInEditor(source.name, edited, world);
		return { text: editPayload(written, last), varies };
	}
	const edits = [...fixed, ...last];
	const text = editPayload(payload, edits);
	return source.varies
		? { text: () => editPayload(readPayload(source), edits)(), varies: true }
		: { text, varies };
}

function randomNumber(randomBytes: World["randomBytes"]): bigint {
	return BigInt(`0x${Buffer.from(randomBytes(6)).toString("hex")}`);
}
