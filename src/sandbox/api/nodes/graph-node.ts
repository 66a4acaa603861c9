import type { Sandbox } from "../../context.ts";
import {
	appScopedId,
	type GraphNode,
	type SandboxState,
} from "../../simulation/state.ts";
import {
	type FieldSelection,
	parseFieldSelection,
} from "../field-selection.ts";
import { type GraphCall, listParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import {
	accountsOf,
	canSee,
	requirePermission,
	type Viewer,
} from "../viewer.ts";
import { accountNode, instagramAccountNode } from "./account-node.ts";
import { appNode } from "./app-node.ts";
import { commentNode, mediaNode, mediaNodeFor } from "./content-nodes.ts";
import {
	type NodeType,
	type ReadContext,
	readField,
	showNode,
} from "./node-type.ts";
import { pageNode } from "./page-node.ts";
import { userNode } from "./user-node.ts";

/** The types of graph.facebook.com; graph.instagram.com has others for some. */
const nodeTypes = {
	app: appNode,
	user: userNode,
	page: pageNode,
	account: accountNode,
	media: mediaNode,
	comment: commentNode,
} as const;

/**
 * The node a path begins with, as far as the viewer may load it.
 * @param name an id or `me`
 * @throws GraphError
 */
export function findNode(
	{ state }: Sandbox,
	viewer: Viewer,
	{ method, path: [name = ""] }: GraphCall,
): GraphNode {
	if (name === "me") return currentNode(state, viewer);
	if (!/^\d+$/.test(name)) throw graphErrors.unknownAlias(name);
	const node =
		state.pages.get(name) ??
		state.accounts.get(name) ??
		accountsOf(state, viewer).find(
			(account) => viewer.kind === "instagram" && appScopedId(account) === name,
		) ??
		state.media.get(name) ??
		state.comments.get(name) ??
		[state.app, state.user].find(({ id }) => id === name);
	if (!node || !canSee(state, viewer, node))
		throw graphErrors.unsupportedObject(method, name);
	return node;
}

/** A node with the fields a call asks for. */
export function readNode(
	node: GraphNode,
	context: ReadContext,
	call: GraphCall,
) {
	mayRead(node, context);
	return showNode(typeOf(node, context), node, context, selectedFields(call));
}

/**
 * What hangs on a node: `/me/accounts` is the field `accounts` of `/me`.
 * @throws GraphError
 */
export function readEdge(
	node: GraphNode,
	context: ReadContext,
	call: GraphCall,
): unknown {
	mayRead(node, context);
	const name = call.path[1] as string;
	const fields = selectedFields(call);
	const type = typeOf(node, context);
	const value = readField(type, node, context, {
		name,
		modifiers: call.parameters,
		...(fields && { fields }),
	});
	if (typeof value === "object") return value;
	if (value === undefined && type.meta?.edges.has(name)) return { data: [] };
	throw graphErrors.unknownPath(name);
}

function currentNode(state: SandboxState, viewer: Viewer): GraphNode {
	if (viewer.kind === "app") throw graphErrors.noCurrentUser();
	if (viewer.kind === "page") return viewer.page;
	return viewer.kind === "instagram" ? viewer.account : state.user;
}

/** Given as `id,media{id}` or `["id","media{id}"]`. */
function selectedFields(call: GraphCall): FieldSelection[] | undefined {
	const text = call.parameters.get("fields")?.trim() ?? "";
	const fields = text.startsWith("[")
		? listParameter(call, "fields").join(",")
		: text;
	return fields ? parseFieldSelection(fields) : undefined;
}

function mayRead({ kind }: GraphNode, { viewer }: ReadContext): void {
	if (kind === "account" || kind === "media" || kind === "comment")
		requirePermission(viewer, "instagram_basic");
}

function typeOf(node: GraphNode, context: ReadContext): NodeType<GraphNode> {
	const type =
		node.kind === "media"
			? mediaNodeFor(context)
			: node.kind === "account" && context.viewer.kind === "instagram"
				? instagramAccountNode
				: nodeTypes[node.kind];
	return type as NodeType<GraphNode>;
}
