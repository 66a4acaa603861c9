import type { Handler } from "../../http.ts";
import { splitTarget } from "../../http.ts";
import type { Sandbox } from "../context.ts";
import type { GraphNode } from "../simulation/state.ts";
import { answerBatch } from "./batch.ts";
import {
	readAccountSubscription,
	subscribeAccount,
	unsubscribeAccount,
} from "./edges/account-subscription.ts";
import {
	readAppSubscriptions,
	subscribeApp,
	unsubscribeApp,
} from "./edges/app-subscriptions.ts";
import { hideComment, replyToComment } from "./edges/comment-replies.ts";
import { debugToken } from "./edges/debug-token.ts";
import {
	exchangeInstagramToken,
	issueInstagramToken,
	refreshInstagramToken,
} from "./edges/instagram-tokens.ts";
import {
	commentOnMedia,
	deleteComment,
	switchComments,
} from "./edges/media-comments.ts";
import { replyToMention } from "./edges/mention-replies.ts";
import { messageAsAccount, messageAsPage } from "./edges/messages.ts";
import { issueToken } from "./edges/oauth-access-token.ts";
import type { Operation } from "./edges/operation.ts";
import {
	readPageSubscription,
	subscribePage,
	unsubscribePage,
} from "./edges/page-subscription.ts";
import {
	type GraphCall,
	type GraphHost,
	listParameter,
	readGraphCall,
	servedPath,
} from "./graph-call.ts";
import { graphErrors } from "./graph-error.ts";
import { graphResponse } from "./graph-response.ts";
import { instagramViewer } from "./instagram-viewer.ts";
import { isLoginDialog, loginDialog } from "./login-dialog.ts";
import { findNode, readEdge, readNode } from "./nodes/graph-node.ts";
import { conditional, presented } from "./presented.ts";
import { readableByLocalPages } from "./same-machine-pages.ts";
import { type Viewer, viewerOf } from "./viewer.ts";

/**
 * Meta's Graph API over the sandbox's world: graph.facebook.com, and
 * graph.instagram.com under `/instagram`. What it serves: ../README.md. Never throws.
 */
export function graphApi(sandbox: Sandbox): Handler {
	const dialog = loginDialog(sandbox);
	const single = answering(sandbox, (call) => answer(sandbox, call));
	const any = answering(sandbox, (call) =>
		isBatch(call) ? answerBatch(call, single) : answer(sandbox, call),
	);
	return readableByLocalPages(
		presented((request) => (isLoginDialog(request) ? dialog : any)(request)),
	);
}

function answering(
	sandbox: Sandbox,
	work: (call: GraphCall) => unknown,
): Handler {
	return async (request) => {
		const served = servedPath(splitTarget(request.target).path);
		const response = await graphResponse(sandbox.world, served, async () =>
			work(await readGraphCall(request)),
		);
		return conditional(request, response);
	};
}

function isBatch({ method, path, parameters }: GraphCall): boolean {
	return method === "POST" && path.length === 0 && parameters.has("batch");
}

function answer(sandbox: Sandbox, call: GraphCall): unknown {
	const path = call.path.join("/");
	if (!["GET", "POST", "DELETE"].includes(call.method))
		throw graphErrors.unsupportedMethod(call.method);
	if (call.method === "GET" && call.parameters.has("ids"))
		return answerForIds(sandbox, call);
	if (path === "") throw graphErrors.unsupportedRequest(call.method);
	const plain = hosts[call.host].calls[path];
	if (plain) return plain(sandbox, call);
	if (call.path.length > 2 || /^v\d+\.\d+$/.test(call.path[0] as string))
		throw graphErrors.unknownPath(path);
	return answerAtNode(sandbox, call);
}

/** `GET /?ids=1,2` and `GET /comments?ids=1,2`: the answer for each, by id. */
async function answerForIds(sandbox: Sandbox, call: GraphCall) {
	const ids = listParameter(call, "ids");
	if (ids.length === 0) throw graphErrors.emptyIdentifier();
	if (ids.length > maxIds) throw graphErrors.tooManyIds(maxIds, ids.length);
	const answers: Record<string, unknown> = {};
	for (const id of new Set(ids))
		answers[id] = await answerAtNode(sandbox, {
			...call,
			path: [id, ...call.path],
		});
	return answers;
}

const maxIds = 50;

function answerAtNode(sandbox: Sandbox, call: GraphCall): unknown {
	const { viewerOf, operations } = hosts[call.host];
	const context = { sandbox, viewer: viewerOf(sandbox, call), call };
	const node = findNode(sandbox, context.viewer, call);
	const [, edge] = call.path;
	const operation = findOperation(operations, node, call);
	if (operation) return operation(node, context, call);
	if (call.method !== "GET")
		throw graphErrors.unsupportedObject(call.method, node.id);
	return edge === undefined
		? readNode(node, context, call)
		: readEdge(node, context, call);
}

type Operations = {
	[K in GraphNode["kind"]]?: Readonly<
		Record<string, Operation<Extract<GraphNode, { kind: K }>>>
	>;
};

/** What one of Meta's hosts serves beyond reading a node or one of its fields. */
interface ServedHost {
	viewerOf(sandbox: Sandbox, call: GraphCall): Viewer;
	/** Calls that begin with no node, by path. */
	calls: Readonly<Record<string, PlainCall>>;
	operations: Operations;
}

type PlainCall = (sandbox: Sandbox, call: GraphCall) => unknown;

const contentOperations: Pick<Operations, "media" | "comment"> = {
	media: {
		"POST comments": commentOnMedia,
		"POST ": switchComments,
	},
	comment: {
		"POST replies": replyToComment,
		"POST ": hideComment,
		"DELETE ": deleteComment,
	},
};

const facebook: ServedHost = {
	viewerOf,
	calls: {
		"oauth/access_token": issueToken,
		debug_token: getOnly(debugToken),
	},
	operations: {
		page: {
			"GET subscribed_apps": readPageSubscription,
			"POST subscribed_apps": subscribePage,
			"DELETE subscribed_apps": unsubscribePage,
			"POST messages": messageAsPage,
		},
		app: {
			"GET subscriptions": readAppSubscriptions,
			"POST subscriptions": subscribeApp,
			"DELETE subscriptions": unsubscribeApp,
		},
		account: {
			"POST mentions": replyToMention,
			"POST messages": messageAsAccount,
			...forEveryMethod("subscribed_apps", () => {
				throw graphErrors.noCapability();
			}),
		},
		user: forEveryMethod("subscribed_apps", () => {
			throw graphErrors.pageTokenRequired();
		}),
		...contentOperations,
	},
};

const instagram: ServedHost = {
	viewerOf: instagramViewer,
	calls: {
		"oauth/access_token": issueInstagramToken,
		access_token: getOnly(exchangeInstagramToken),
		refresh_access_token: getOnly(refreshInstagramToken),
	},
	operations: {
		account: {
			"POST mentions": replyToMention,
			"POST messages": messageAsAccount,
			"GET subscribed_apps": readAccountSubscription,
			"POST subscribed_apps": subscribeAccount,
			"DELETE subscribed_apps": unsubscribeAccount,
		},
		...contentOperations,
	},
};

const hosts: Readonly<Record<GraphHost, ServedHost>> = { facebook, instagram };

function getOnly(call: PlainCall): PlainCall {
	return (sandbox, asked) => {
		if (asked.method !== "GET")
			throw graphErrors.unsupportedMethod(asked.method);
		return call(sandbox, asked);
	};
}

function forEveryMethod(edge: string, operation: Operation<GraphNode>) {
	return Object.fromEntries(
		["GET", "POST", "DELETE"].map((method) => [`${method} ${edge}`, operation]),
	);
}

function findOperation(
	operations: Operations,
	{ kind }: GraphNode,
	{ method, path: [, edge = ""] }: GraphCall,
): Operation<GraphNode> | undefined {
	return operations[kind]?.[`${method} ${edge}`] as
		| Operation<GraphNode>
		| undefined;
}
