import { createHmac } from "node:crypto";
import type { Sandbox } from "../context.ts";
import type {
	AccessToken,
	Account,
	GraphNode,
	Page,
	SandboxState,
} from "../simulation/state.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphErrors } from "./graph-error.ts";

/** Whose token a call carries, and what it may do. */
export type Viewer =
	| { kind: "app" }
	| { kind: "user"; permissions: ReadonlySet<string> }
	| { kind: "page"; page: Page; permissions: ReadonlySet<string> };

/**
 * Checks a call's token and its `appsecret_proof`, when there is one.
 * @throws GraphError
 */
export function viewerOf(sandbox: Sandbox, call: GraphCall): Viewer {
	if (call.token === undefined)
		throw call.path[0] === "me"
			? graphErrors.noCurrentUser()
			: graphErrors.noToken();
	const viewer = readToken(sandbox, call.token);
	const proof = call.parameters.get("appsecret_proof");
	if (proof !== undefined && proof !== expectedProof(sandbox.state, call.token))
		throw graphErrors.invalidProof();
	return viewer;
}

/** @throws GraphError when the token is not good */
export function readToken({ state, world }: Sandbox, text: string): Viewer {
	if (text.includes("|")) return readAppToken(state, text);
	const token = findToken(state, text);
	if (!token)
		throw /^EAA\w{8,}$/.test(text)
			? graphErrors.forgedToken()
			: graphErrors.unparsableToken();
	const now = world.clock.now();
	if (token.expiresAt !== undefined && token.expiresAt <= now)
		throw graphErrors.expiredToken(token.expiresAt, now);
	const permissions = new Set(scopesOf(state, token));
	const page = state.pages.get(token.pageId ?? "");
	return page
		? { kind: "page", page, permissions }
		: { kind: "user", permissions };
}

export function findToken(
	{ tokens }: SandboxState,
	value: string,
): AccessToken | undefined {
	return tokens.find((token) => token.value === value);
}

/** What a token may do: what its person granted, or the part it is limited to. */
export function scopesOf(
	{ permissions }: SandboxState,
	{ scopes }: AccessToken,
): string[] {
	return [...permissions]
		.filter(([, status]) => status === "granted")
		.map(([permission]) => permission)
		.filter((permission) => scopes?.includes(permission) ?? true);
}

/** @throws GraphError 200 */
export function requirePermission(viewer: Viewer, permission: string): void {
	if (!mayDo(viewer, permission))
		throw graphErrors.missingPermission(permission);
}

export function mayDo(viewer: Viewer, permission: string): boolean {
	return viewer.kind !== "app" && viewer.permissions.has(permission);
}

/** The Instagram accounts a viewer acts for. */
export function accountsOf(
	{ pages, accounts }: SandboxState,
	viewer: Viewer,
): Account[] {
	const own =
		viewer.kind === "user"
			? [...pages.values()]
			: viewer.kind === "page"
				? [viewer.page]
				: [];
	return own.flatMap(({ accountId }) => accounts.get(accountId ?? "") ?? []);
}

/** Whether a viewer may load a node: its own page, its accounts and what they own. */
export function canSee(
	state: SandboxState,
	viewer: Viewer,
	node: GraphNode,
): boolean {
	const acts = (accountId: string | undefined) =>
		accountsOf(state, viewer).some(({ id }) => id === accountId);
	switch (node.kind) {
		case "app":
			return true;
		case "user":
			return viewer.kind === "user";
		case "page":
			return viewer.kind !== "page" || viewer.page.id === node.id;
		case "account":
			return acts(node.id);
		case "media":
			return acts(node.owner.id);
		case "comment":
			return acts(state.media.get(node.mediaId)?.owner.id);
	}
}

function readAppToken({ app }: SandboxState, text: string): Viewer {
	const [id, secret] = text.split("|");
	if (id !== app.id) throw graphErrors.unknownApplication();
	if (secret !== app.secret) throw graphErrors.forgedToken();
	return { kind: "app" };
}

/** Lowercase hex HMAC-SHA256 of the token (meta-platform §5.3). */
function expectedProof({ app }: SandboxState, token: string): string {
	return createHmac("sha256", app.secret).update(token).digest("hex");
}
