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
	| { kind: "page"; page: Page; permissions: ReadonlySet<string> }
	/** Of Instagram Login: on graph.instagram.com only. */
	| {
			kind: "instagram";
			account: Account;
			permissions: ReadonlySet<string>;
	  };

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
	if (!token || token.accountId !== undefined)
		throw /^EAA\w{8,}$/.test(text)
			? graphErrors.forgedToken()
			: graphErrors.unparsableToken();
	requireUnexpired(token, world.clock.now());
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

/** @throws GraphError 190/463 */
export function requireUnexpired(
	{ expiresAt }: AccessToken,
	now: number,
): void {
	if (expiresAt !== undefined && expiresAt <= now)
		throw graphErrors.expiredToken(expiresAt, now);
}

/** What a token may do: what its person granted, or the part it is limited to. */
export function scopesOf(
	{ permissions, instagramPermissions }: SandboxState,
	{ scopes, accountId }: AccessToken,
): string[] {
	const granted = accountId === undefined ? permissions : instagramPermissions;
	return [...granted]
		.filter(([, status]) => status === "granted")
		.map(([permission]) => permission)
		.filter((permission) => scopes?.includes(permission) ?? true);
}

/**
 * @param permission as either login names it
 * @throws GraphError 200, with Instagram Login 10
 */
export function requirePermission(viewer: Viewer, permission: string): void {
	if (mayDo(viewer, permission)) return;
	throw viewer.kind === "instagram"
		? graphErrors.noPermission()
		: graphErrors.missingPermission(permission);
}

/** @param permission as either login names it */
export function mayDo(viewer: Viewer, permission: string): boolean {
	if (viewer.kind === "app") return false;
	return viewer.permissions.has(
		viewer.kind === "instagram" ? instagramPermission(permission) : permission,
	);
}

/** `instagram_basic` is `instagram_business_basic` with Instagram Login. */
function instagramPermission(permission: string): string {
	return permission.replace(/^instagram_(?!business_)/, "instagram_business_");
}

/** The Instagram accounts a viewer acts for. */
export function accountsOf(
	{ pages, accounts }: SandboxState,
	viewer: Viewer,
): Account[] {
	if (viewer.kind === "instagram") return [viewer.account];
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
			return viewer.kind !== "instagram";
		case "user":
			return viewer.kind === "user";
		case "page":
			return viewer.kind === "page"
				? viewer.page.id === node.id
				: viewer.kind !== "instagram";
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
