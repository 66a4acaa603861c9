/** What a pasted value is, told from its form. */
export type Kind =
	| "an app id"
	| "an app secret"
	| "an access token"
	| "an app access token"
	| "the id of an Instagram account"
	| undefined;

/** A pasted value without what was copied along: `NAME=`, quotes, spaces, a comma. */
export function cleanPasted(text: string): string {
	const visible = text.replace(invisible, "").trim();
	const bare = visible.replace(/[,;]$/, "");
	const value = namePart.exec(bare)?.groups?.value ?? bare;
	return unquoted(value.trim());
}

/** What takes no room, or cannot be typed. */
const invisible =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	/[\u0000-\u001f\u007f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]/g;

/** Shorter than any token, which may hold `=` itself. */
const namePart =
	/^(?:export\s+)?["'“”]?[a-z_][\w.-]{0,39}["'“”]?\s*[=:]\s*(?<value>.+)$/i;

function unquoted(text: string): string {
	return /^(["'`“”‘’]).*["'`“”‘’]$/.test(text) && text.length > 1
		? text.slice(1, -1).trim()
		: text;
}

export function kindOf(text: string): Kind {
	if (/^[0-9a-f]{32}$/i.test(text)) return "an app secret";
	if (/^\d+\|/.test(text)) return "an app access token";
	if (/^(EAA|IG)\w{12,}/.test(text)) return "an access token";
	if (/^17841\d{12}$/.test(text)) return "the id of an Instagram account";
	return /^\d{5,30}$/.test(text) ? "an app id" : undefined;
}
