import { basename } from "node:path";
import type { Config } from "../../config/config.ts";
import { findDelivery } from "../../deliveries/find-delivery.ts";
import type { HeaderList } from "../../http.ts";
import { IgwhError } from "../../igwh-error.ts";
import { type Captured, readCapture } from "../../payloads/capture.ts";
import {
	fillPlaceholders,
	hasPlaceholders,
	uuidOf,
} from "../../payloads/fill-placeholders.ts";
import { findFiles, isGlob } from "../../payloads/find-files.ts";
import { FixtureError, readFixture } from "../../payloads/fixture.ts";
import { similar } from "../../readers/name.ts";
import { isDeliveryId, type StoredDelivery } from "../../store/deliveries.ts";
import type { Store } from "../../store/store.ts";
import type { Files, World } from "../../world.ts";

/** One delivery to send. */
export interface ReplaySource {
	/** The name it is shown by. */
	name: string;
	/** The payload as JSON text, with new values in its placeholders at each call. */
	payload(): string;
	/** The text differs at each call. */
	varies: boolean;
	/** The bytes and headers it was received with, or is to be sent with. */
	original?: { body: Uint8Array; headers: HeaderList };
	/** The stored delivery it is, and the app it is for, which did not accept it. */
	missed?: { id: string; url: string };
}

/**
 * Reads all sources of a replay before anything is sent: files, folders,
 * patterns, `-` for stdin, output of `listen --json`, stored deliveries, and
 * built-in fixtures by name.
 * @param raw files are sent byte for byte, so they may contain anything
 * @throws IgwhError `input`
 */
export async function readSources(
	names: readonly string[],
	raw: boolean,
	{ store, config, world }: { store: Store; config: Config; world: World },
): Promise<ReplaySource[]> {
	if (names.length === 0)
		throw new IgwhError(
			"usage",
			"nothing to replay",
			"name a fixture, a folder, a stored delivery, or - for stdin: igwh replay mentions; --failed sends what an app missed",
		);
	const reader: Reader = {
		files: world.files,
		find: (id) => findDelivery(id, { store, config, world }),
		note: world.terminal.note,
		read: raw
			? (name, bytes) => [asItIs(name, bytes)]
			: (name, bytes) => fromText(name, bytes.toString("utf8"), world),
	};
	const sources: ReplaySource[] = [];
	for (const name of names) {
		const found = await read(name, reader);
		if (found.length === 0) throw holdsNothing(name);
		sources.push(...found);
	}
	return sources;
}

/** A replay that sends nothing has not done what was asked. */
function holdsNothing(name: string): IgwhError {
	return new IgwhError(
		"input",
		`${name === "-" ? "stdin" : name} holds no delivery to send`,
		"a captured line is sent if it is a delivery with changes or a stored body; igwh events lists the stored deliveries",
	);
}

interface Reader {
	files: Files;
	/** @throws IgwhError `input` where there is none */
	find(id: string): Promise<StoredDelivery>;
	note(line: string): void;
	read(name: string, bytes: Buffer): ReplaySource[];
}

async function read(name: string, reader: Reader): Promise<ReplaySource[]> {
	const { files } = reader;
	if (name === "-")
		return reader.read("stdin", Buffer.from(await files.readStdin()));
	if (/^[\w-]+$/.test(name) && (await builtInPath(name, files))) {
		if (await files.list(name))
			reader.note(
				`igwh: sending the built-in fixture ${name}; the folder of that name is ./${name}`,
			);
		return fromBuiltIn(name, reader);
	}
	const bytes = await files.readBytes(name);
	if (bytes !== undefined) return reader.read(name, Buffer.from(bytes));
	const entries = await files.list(name);
	if (entries !== undefined) return fromFolder(name, entries, reader);
	if (isDeliveryId(name)) return [storedSource(await reader.find(name))];
	return isGlob(name) ? fromGlob(name, reader) : fromBuiltIn(name, reader);
}

function asItIs(name: string, bytes: Buffer): ReplaySource {
	return {
		name,
		payload: () => bytes.toString("utf8"),
		varies: false,
		original: { body: bytes, headers: [] },
	};
}

function fromText(name: string, text: string, world: World): ReplaySource[] {
	const captured = readCapture(text);
	if (captured) return captured.map((one) => fromCapture(name, one, world));
	const payloads = () => readFixture(filled(text, world));
	return explained(name, payloads).map(({ json }, index, { length }) => ({
		name: length > 1 ? `${name} ${index + 1}` : name,
		payload: hasPlaceholders(text)
			? () => payloads()[index]?.json ?? json
			: () => json,
		varies: hasPlaceholders(text),
	}));
}

function filled(text: string, { env, randomBytes }: World): string {
	return fillPlaceholders(text, env, () => uuidOf(randomBytes(16)));
}

function explained<T>(name: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${name}: ${error.message}`,
			"a fixture is a payload as Meta sends it; igwh replay mentions sends a built-in one",
		);
	}
}

function fromCapture(
	name: string,
	{ id, json, original, faithful }: Captured,
	{ terminal }: World,
): ReplaySource {
	if (!original && !faithful)
		terminal.note(
			`${name} ${id}: rebuilt from its changes, with another length than the original; igwh replay ${id} sends the stored bytes`,
		);
	return {
		name: `${name} ${id}`,
		payload: () => json,
		varies: false,
		original,
	};
}

async function fromFolder(
	name: string,
	entries: readonly string[],
	reader: Reader,
): Promise<ReplaySource[]> {
	const sources = await fromFiles(entries.filter(isFixture), reader);
	if (sources.length > 0) return sources;
	throw new IgwhError(
		"input",
		`the folder ${name} contains no fixtures`,
		"fixtures end in .json, .jsonc, .ndjson or .jsonl",
	);
}

async function fromGlob(
	pattern: string,
	reader: Reader,
): Promise<ReplaySource[]> {
	const paths = await findFiles(pattern, reader.files);
	const sources = await fromFiles(paths, reader);
	if (sources.length > 0) return sources;
	throw new IgwhError(
		"input",
		`no file matches ${pattern}`,
		"* matches any name, ** any folders: 'fixtures/**/comments*.json'",
	);
}

async function fromFiles(
	paths: readonly string[],
	{ files, read }: Reader,
): Promise<ReplaySource[]> {
	const sources: ReplaySource[] = [];
	for (const path of paths) {
		const bytes = await files.readBytes(path);
		if (bytes !== undefined) sources.push(...read(path, Buffer.from(bytes)));
	}
	return sources;
}

function isFixture(path: string): boolean {
	return /\.(json|jsonc|ndjson|jsonl)$/.test(path);
}

/** A stored delivery, with the bytes and headers it was received with. */
export function storedSource({
	id,
	body,
	headers,
}: StoredDelivery): ReplaySource {
	const payload = () => Buffer.from(body).toString("utf8");
	return { name: id, payload, varies: false, original: { body, headers } };
}

/** `mentions`, and `fixtures/mentions.json` where the folder has no such file. */
async function fromBuiltIn(
	name: string,
	reader: Reader,
): Promise<ReplaySource[]> {
	const { files } = reader;
	const path = await builtInPath(name, files);
	const isName = /^(fixtures\/)?[\w-]+(\.jsonc?)?$/.test(name);
	const bytes = path && isName ? await files.readBytes(path) : undefined;
	if (bytes) return reader.read(name, Buffer.from(bytes));
	throw new IgwhError(
		"input",
		`there is no file, folder or fixture ${name}`,
		otherSource(name, (await builtIns(files)).map(fixtureName)),
	);
}

/** The built-in fixture that was meant, or all of them. */
function otherSource(name: string, builtIn: readonly string[]): string {
	const meant = similar(fixtureName(name), builtIn);
	return meant
		? `did you mean: igwh replay ${meant}`
		: `built-in fixtures are ${builtIn.join(", ")}`;
}

async function builtInPath(
	name: string,
	files: Files,
): Promise<string | undefined> {
	const named = fixtureName(name);
	return (await builtIns(files)).find((path) => fixtureName(path) === named);
}

async function builtIns(files: Files): Promise<string[]> {
	return ((await files.list(files.fixturesFolder)) ?? []).filter(isFixture);
}

function fixtureName(path: string): string {
	return basename(path).replace(/\.jsonc?$/, "");
}
