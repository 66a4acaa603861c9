import { IgwhError } from "../../igwh-error.ts";
import { asRecord } from "../../webhook/delivery.ts";
import type { SandboxState } from "./state.ts";

/** Raised whenever a state of before would not do. */
const version = 1;

/** The world as text, to be read again by `readState`. @param now Unix milliseconds */
export function stateText(state: SandboxState, now: number): string {
	const saved = { version, savedAt: now, state };
	return `${JSON.stringify(saved, (_, value) => withoutMaps(value), "\t")}\n`;
}

/**
 * The world as it was saved. Its time stood still: tokens live as long as they
 * would have.
 * @param name what the file is called in errors
 * @throws IgwhError `input`
 */
export function readState(
	text: string,
	{ name, now }: { name: string; now: number },
): SandboxState {
	const saved = asRecord(parsed(text, name));
	if (saved.version !== version || typeof saved.savedAt !== "number")
		throw unreadable(name);
	const state = saved.state as SandboxState;
	const away = now - saved.savedAt;
	for (const token of state.tokens) {
		token.issuedAt += away;
		if (token.expiresAt !== undefined) token.expiresAt += away;
	}
	return state;
}

function parsed(text: string, name: string): unknown {
	try {
		return JSON.parse(text, (_, value) => withMaps(value));
	} catch {
		throw unreadable(name);
	}
}

function unreadable(name: string): IgwhError {
	return new IgwhError(
		"input",
		`${name} is not a state that this version of the sandbox wrote`,
		"start anew with: igwh sandbox --fresh",
	);
}

function withoutMaps(value: unknown): unknown {
	if (value instanceof Map) return { $map: [...value] };
	if (value instanceof Set) return { $set: [...value] };
	return value;
}

function withMaps(value: unknown): unknown {
	const { $map, $set } = asRecord(value);
	if (Array.isArray($map)) return new Map($map);
	if (Array.isArray($set)) return new Set($set);
	return value;
}
