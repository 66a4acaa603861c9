import { basename } from "node:path";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { isDeliveryId } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";
import { FixtureError, readFixture } from "../webhook/fixture.ts";
import {
	type WireStyle,
	wireBytes,
	wireStyleOf,
} from "../webhook/wire-encoding.ts";
import type { Files, World } from "../world.ts";

/** One delivery to send. */
export interface ReplaySource {
	/** Where it came from, for the person. */
	name: string;
	body: Uint8Array;
	style: WireStyle;
}

/**
 * Reads everything a replay names, before anything is sent: files, folders,
 * `-` for stdin, stored deliveries, and the built-in fixtures by name.
 * @throws IgwhError `input`
 */
export async function readSources(
	names: readonly string[],
	store: Store,
	{ files }: Pick<World, "files">,
): Promise<ReplaySource[]> {
	if (names.length === 0)
		throw new IgwhError(
			"usage",
			"nothing to replay",
			"name a fixture, a folder, a stored delivery, or - for stdin: igwh replay mentions",
		);
	const sources: ReplaySource[] = [];
	for (const name of names) sources.push(...(await read(name, store, files)));
	return sources;
}

async function read(
	name: string,
	store: Store,
	files: Files,
): Promise<ReplaySource[]> {
	if (name === "-") return fromText("stdin", await files.readStdin());
	const text = await files.read(name);
	if (text !== undefined) return fromText(name, text);
	const entries = await files.list(name);
	if (entries !== undefined) return fromFolder(name, entries, files);
	if (isDeliveryId(name)) return fromStore(name, store);
	return fromBuiltIn(name, files);
}

function fromText(name: string, text: string): ReplaySource[] {
	try {
		const payloads = readFixture(text);
		return payloads.map(({ json, value }, index) => {
			const style = wireStyleOf(value);
			return {
				name: payloads.length > 1 ? `${name} ${index + 1}` : name,
				body: wireBytes(json, style),
				style,
			};
		});
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${name}: ${error.message}`,
			"a fixture is a payload as Meta sends it; igwh replay mentions sends a built-in one",
		);
	}
}

async function fromFolder(
	name: string,
	entries: readonly string[],
	files: Files,
): Promise<ReplaySource[]> {
	const sources: ReplaySource[] = [];
	for (const path of entries.filter(isFixture))
		sources.push(...fromText(path, (await files.read(path)) ?? ""));
	if (sources.length > 0) return sources;
	throw new IgwhError(
		"input",
		`the folder ${name} holds no fixture`,
		"fixtures end in .json, .jsonc, .ndjson or .jsonl",
	);
}

function isFixture(path: string): boolean {
	return /\.(json|jsonc|ndjson|jsonl)$/.test(path);
}

function fromStore(id: string, store: Store): ReplaySource[] {
	const stored = store.deliveries.find(id);
	if (!stored)
		throw new IgwhError(
			"input",
			`there is no delivery ${id} in the store`,
			"igwh events lists those there are",
		);
	return [{ name: id, body: stored.body, style: styleOf(stored.body) }];
}

/** What was received may be anything; what is not JSON is sent as a change would be. */
function styleOf(body: Uint8Array): WireStyle {
	try {
		return wireStyleOf(JSON.parse(bodyText({ body })));
	} catch {
		return "changes";
	}
}

/** `mentions`, and `fixtures/mentions.json` where the folder has no such file. */
async function fromBuiltIn(
	name: string,
	files: Files,
): Promise<ReplaySource[]> {
	const builtIn = ((await files.list(files.fixturesFolder)) ?? []).filter(
		isFixture,
	);
	const named = fixtureName(name);
	const path = builtIn.find((path) => fixtureName(path) === named);
	const isName = /^(fixtures\/)?[\w-]+(\.jsonc?)?$/.test(name);
	if (path && isName) return fromText(name, (await files.read(path)) ?? "");
	throw new IgwhError(
		"input",
		`there is no file, folder or fixture ${name}`,
		`built in are ${builtIn.map(fixtureName).join(", ")}`,
	);
}

function fixtureName(path: string): string {
	return basename(path).replace(/\.jsonc?$/, "");
}
