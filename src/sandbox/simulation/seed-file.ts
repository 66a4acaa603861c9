import { IgwhError } from "../../igwh-error.ts";
import { asArray, asRecord, asString } from "../../webhook/delivery.ts";
import type { Account, Author, Media, SandboxState } from "./state.ts";

/**
 * Adds what a seed file describes to a world; an id that is there already is
 * replaced. The file's form is `sandbox-seed.schema.json`.
 * @throws IgwhError `input`
 */
export function addSeed(
	state: SandboxState,
	text: string,
	{ name, now }: { name: string; now: number },
): void {
	const seed = asRecord(parsed(text, name));
	const read: Reading = { state, now, problem: (what) => notASeed(name, what) };
	const unknown = Object.keys(seed).find((kind) => !Object.hasOwn(kinds, kind));
	if (unknown !== undefined && unknown !== "$schema")
		throw notASeed(name, `${unknown} is not one of ${Object.keys(kinds)}`);
	for (const [kind, add] of Object.entries(kinds)) add(seed[kind], read);
}

interface Reading {
	state: SandboxState;
	now: number;
	problem(what: string): IgwhError;
}

/** In the order in which they refer to each other. */
const kinds: Readonly<
	Record<string, (given: unknown, reading: Reading) => void>
> = {
	permissions: (given, { state, problem }) => {
		for (const [name, status] of Object.entries(asRecord(given))) {
			if (status !== "granted" && status !== "declined")
				throw problem(`permission ${name} is neither granted nor declined`);
			state.permissions.set(name, status);
		}
	},
	accounts: (given, reading) => {
		for (const account of records(given)) addAccount(account, reading);
	},
	pages: (given, reading) => {
		for (const page of records(given)) addPage(page, reading);
	},
	tokens: (given, { state, now, problem }) => {
		for (const { value, pageId, expiresAt, scopes } of records(given)) {
			state.tokens.push({
				value: needed(value, "a token's value", problem),
				issuedAt: now,
				...(pageId !== undefined && { pageId: asString(pageId) }),
				...(expiresAt !== undefined && {
					expiresAt: time(expiresAt, problem),
				}),
				...(scopes !== undefined && { scopes: asArray(scopes).map(asString) }),
			});
		}
	},
	media: (given, reading) => {
		for (const media of records(given)) addMedia(media, reading);
	},
	comments: (given, reading) => {
		for (const comment of records(given)) addComment(comment, reading);
	},
};

function addAccount(
	{ id, username, name, broadcasting }: Record<string, unknown>,
	{ state, problem }: Reading,
): void {
	const account: Account = {
		kind: "account",
		id: needed(id, "an account's id", problem),
		username: needed(username, "an account's username", problem),
		name: asString(name) || asString(username),
		scopedId: `7${asString(id).slice(-15)}`,
		broadcasting: broadcasting !== false,
	};
	state.accounts.set(account.id, account);
}

function addPage(
	page: Record<string, unknown>,
	{ state, now, problem }: Reading,
): void {
	const id = needed(page.id, "a page's id", problem);
	const accountId = asString(page.accountId);
	if (accountId && !state.accounts.has(accountId))
		throw problem(`page ${id} is linked to ${accountId}, which is no account`);
	const accessToken = asString(page.accessToken) || `EAASandboxPage${id}`;
	state.pages.set(id, {
		kind: "page",
		id,
		name: asString(page.name) || `Page ${id}`,
		category: asString(page.category) || "Business",
		accessToken,
		businessVerified: page.businessVerified !== false,
		...(accountId && { accountId }),
	});
	state.tokens.push({ value: accessToken, pageId: id, issuedAt: now });
}

function addMedia(
	media: Record<string, unknown>,
	{ state, now, problem }: Reading,
): void {
	const id = needed(media.id, "a media's id", problem);
	const owner = personOf(media.owner, state);
	if (!owner) throw problem(`media ${id} has no owner: a username`);
	const caption = asString(media.caption);
	const albumId = asString(media.albumId);
	state.media.set(id, {
		kind: "media",
		id,
		owner,
		type: oneOf(media.type, ["IMAGE", "VIDEO", "CAROUSEL_ALBUM"]),
		productType: oneOf<Media["productType"]>(media.productType, [
			"FEED",
			"STORY",
			"REELS",
			"LIVE",
		]),
		createdAt: media.createdAt ? time(media.createdAt, problem) : now,
		...(caption && { caption }),
		...(albumId && { albumId }),
		...(media.commentsOff === true && { commentsOff: true }),
	});
}

function addComment(
	comment: Record<string, unknown>,
	{ state, now, problem }: Reading,
): void {
	const id = needed(comment.id, "a comment's id", problem);
	const mediaId = asString(comment.mediaId);
	if (!state.media.has(mediaId))
		throw problem(`comment ${id} is on media ${mediaId}, which is not there`);
	const author = personOf(comment.from, state);
	if (!author) throw problem(`comment ${id} is from nobody: a username`);
	const parentId = asString(comment.parentId);
	state.comments.set(id, {
		kind: "comment",
		id,
		mediaId,
		author,
		text: asString(comment.text),
		createdAt: comment.createdAt ? time(comment.createdAt, problem) : now,
		hidden: comment.hidden === true,
		...(parentId && { parentId }),
	});
}

/** An account of the app's, or a person, who is made where nobody has that username. */
function personOf(
	given: unknown,
	{ accounts, strangers }: SandboxState,
): Author | undefined {
	const username = asString(given).toLowerCase();
	if (!username) return undefined;
	const account = [...accounts.values()].find(
		(account) => account.username === username,
	);
	if (account) return { id: account.id, username };
	const person = strangers.get(username) ?? {
		id: personId(username),
		username,
	};
	strangers.set(username, person);
	return person;
}

/** The same for the same name, so that a seed always makes the same world. */
function personId(username: string): string {
	let digits = 7n;
	for (const character of username)
		digits = (digits * 131n + BigInt(character.charCodeAt(0))) % 10n ** 15n;
	return `1${String(digits).padStart(15, "0")}`;
}

function records(given: unknown): Record<string, unknown>[] {
	return asArray(given).map(asRecord);
}

function needed(
	value: unknown,
	what: string,
	problem: Reading["problem"],
): string {
	if (typeof value === "string" && value) return value;
	throw problem(`${what} is missing, or not a text`);
}

function oneOf<T extends string>(value: unknown, names: readonly T[]): T {
	return names.find((name) => name === value) ?? (names[0] as T);
}

function time(value: unknown, problem: Reading["problem"]): number {
	const milliseconds = Date.parse(asString(value));
	if (Number.isNaN(milliseconds))
		throw problem(`${JSON.stringify(value)} is not a date`);
	return milliseconds;
}

function parsed(text: string, name: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw notASeed(name, "it is not JSON");
	}
}

function notASeed(name: string, problem: string): IgwhError {
	return new IgwhError(
		"input",
		`${name} cannot be the sandbox's seed: ${problem}`,
		"its form is igwh/sandbox-seed.schema.json",
	);
}
