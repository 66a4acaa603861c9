import { editText } from "../../cli/edit-text.ts";
import type { HeaderList } from "../../http.ts";
import { IgwhError } from "../../igwh-error.ts";
import { batchOf } from "../../payloads/batch.ts";
import { damagedHeaders, tampered } from "../../payloads/damage.ts";
import {
	EditError,
	setMember,
	unsetMember,
} from "../../payloads/edit-payload.ts";
import { FixtureError, readFixture } from "../../payloads/fixture.ts";
import { withFreshIds, withFreshTimes } from "../../payloads/refresh.ts";
import type { Encoding, Signing, Tamper } from "../../payloads/variants.ts";
import { forwardHeaders } from "../../receiver/forward-target.ts";
import { compactJson, jsonValue } from "../../webhook/json-text.ts";
import {
	type WireStyle,
	wireBytes,
	wireStyleOf,
} from "../../webhook/wire-encoding.ts";
import type { World } from "../../world.ts";
import type { ReplaySource } from "./sources.ts";

/** What is done to a payload before it is sent. */
export interface Preparation {
	/** Meta's for fixtures, and the original bytes for what came from somewhere, if left out. */
	encoding: Encoding | undefined;
	set: readonly string[];
	unset: readonly string[];
	edit: boolean;
	now: boolean;
	newIds: boolean;
	/** Entries a POST; 0 leaves them. */
	batch: number;
	/** Sign what came with a signature again. */
	resign: boolean;
	sign: Signing | undefined;
	tamper: Tamper | undefined;
}

/** A POST as it goes out. */
export interface Outgoing {
	body: Uint8Array;
	headers: HeaderList;
}

/**
 * How a source becomes a POST; each call makes it again where times, ids or
 * placeholders are another each time.
 * @throws IgwhError where an edit does not fit
 */
export async function prepareDelivery(
	source: ReplaySource,
	preparation: Preparation,
	{ secret, world }: { secret: string; world: World },
): Promise<() => Outgoing> {
	const { set, unset, edit, now, newIds, batch, encoding } = preparation;
	const changes =
		set.length + unset.length + batch > 0 || edit || now || newIds;
	const finish = (outgoing: Outgoing) => tampered(outgoing, preparation.tamper);
	if (source.original && !changes && (!encoding || encoding === "raw")) {
		const outgoing = finish(again(source.original, preparation, secret));
		return () => outgoing;
	}
	const edited = await editedText(source, preparation, world);
	const make = () => {
		const json = freshened(edited(), preparation, world);
		return finish(encoded(json, preparation, secret));
	};
	if (now || newIds || (source.varies && !edit)) return make;
	const outgoing = make();
	return () => outgoing;
}

/** What came from somewhere goes out as it came, and is signed again only if asked. */
function again(
	{ body, headers }: Outgoing,
	{ resign, sign }: Preparation,
	secret: string,
): Outgoing {
	const kept = forwardHeaders(headers, []).filter(
		([name]) => name.toLowerCase() !== "content-length",
	);
	if (kept.length > 0 && !resign && !sign) return { body, headers: kept };
	const own = damagedHeaders(body, styleOf(body), { sign, secret });
	if (kept.length === 0) return { body, headers: own };
	const isSignature = ([name]: readonly [string, string]) =>
		/^x-hub-signature/i.test(name);
	return {
		body,
		headers: [
			...kept.filter((header) => !isSignature(header)),
			...own.filter(isSignature),
		],
	};
}

/** What is sent as it is may be anything; what is not JSON goes as a change would. */
function styleOf(body: Uint8Array): WireStyle {
	try {
		return wireStyleOf(jsonValue(Buffer.from(body).toString("utf8")));
	} catch {
		return "changes";
	}
}

/** The payload's text with the edits that are the same each time. */
async function editedText(
	source: ReplaySource,
	{ set, unset, edit }: Preparation,
	world: World,
): Promise<() => string> {
	const apply = (json: string) => {
		const wasSet = set.reduce(
			(text, typed) => explained("set", typed, () => setMember(text, typed)),
			json,
		);
		return unset.reduce(
			(text, path) => explained("unset", path, () => unsetMember(text, path)),
			wasSet,
		);
	};
	const first = apply(payloadText(source));
	if (!edit) return source.varies ? () => apply(source.json()) : () => first;
	if (!world.terminal.interactive)
		throw new IgwhError(
			"usage",
			"--edit needs a terminal",
			"without one, change members with --set path=value and --unset path",
		);
	const written = await editText(first, "payload.json", world);
	const text = payloadText({ ...source, json: () => written });
	return () => text;
}

/** Nothing that is not a payload can be edited. */
function payloadText({ name, json }: ReplaySource): string {
	try {
		return readFixture(json())[0]?.json ?? "";
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${name}: ${error.message}`,
			"only a payload can be changed or encoded; --encoding raw sends anything as it is",
		);
	}
}

function explained<T>(flag: string, typed: string, edit: () => T): T {
	try {
		return edit();
	} catch (error) {
		if (!(error instanceof EditError)) throw error;
		throw new IgwhError(
			"usage",
			`--${flag} ${typed}: ${error.message}`,
			"name members and indexes: --set entry.0.changes.0.value.text=hello",
		);
	}
}

function freshened(
	json: string,
	{ now, newIds, batch }: Preparation,
	{ clock, randomBytes }: World,
): string {
	let text = json;
	if (newIds)
		text = withFreshIds(
			text,
			BigInt(`0x${Buffer.from(randomBytes(6)).toString("hex")}`),
		);
	if (now) text = withFreshTimes(text, clock.now());
	return batch > 0 ? batchOf(readFixture(text)[0] as never, batch).json : text;
}

function encoded(
	json: string,
	{ encoding, sign }: Preparation,
	secret: string,
): Outgoing {
	const style = wireStyleOf(jsonValue(json));
	const body =
		encoding === "raw"
			? Buffer.from(json)
			: encoding === "compact"
				? Buffer.from(compactJson(json))
				: wireBytes(json, style);
	return { body, headers: damagedHeaders(body, style, { sign, secret }) };
}
