import type { Handler } from "../../http.ts";
import { splitTarget } from "../../http.ts";
import type { Sandbox } from "../context.ts";
import type { GraphNode } from "../simulation/state.ts";
import {
	readAppSubscriptions,
	subscribeApp,
	unsubscribeApp,
} from "./edges/app-subscriptions.ts";
import { hideComment, replyToComment } from "./edges/comment-replies.ts";
import { debugToken } from "./edges/debug-token.ts";
import { replyToMention } from "./edges/mention-replies.ts";
import { issueToken } from "./edges/oauth-access-token.ts";
import type { Operation } from "./edges/operation.ts";
import {
	readPageSubscription,
	subscribePage,
	unsubscribePage,
} from "./edges/page-subscription.ts";
import { type GraphCall, readGraphCall, versionAndPath } from "./graph-call.ts";
import { graphErrors } from "./graph-error.ts";
import { graphResponse } from "./graph-response.ts";
import { findNode, readEdge, readNode } from "./nodes/graph-node.ts";
import { viewerOf } from "./viewer.ts";

/** Meta's Graph API over the sandbox's world: the calls of meta-platform §4. Never throws. */
export function graphApi(sandbox: Sandbox): Handler {
	return (request) => {
		const { version } = versionAndPath(splitTarget(request.target).path);
		return graphResponse(sandbox.world, version, () =>
			answer(sandbox, readGraphCall(request)),
		);
	};
}

function answer(sandbox: Sandbox, call: GraphCall): unknown {
	const path = call.path.join("/");
	if (!["GET", "POST", "DELETE"].includes(call.method))
		throw graphErrors.unsupportedMethod(call.method);
	if (path === "") throw graphErrors.unsupportedRequest(call.method);
	if (path === "oauth/access_token") return issueToken(sandbox, call);
	if (path === "debug_token" && call.method === "GET")
		return debugToken(sandbox, call);
	if (call.path.length > 2 || /^v\d+\.\d+$/.test(call.path[0] as string))
		throw graphErrors.unknownPath(path);
	return answerAtNode(sandbox, call);
}

function answerAtNode(sandbox: Sandbox, call: GraphCall): unknown {
	const context = { sandbox, viewer: viewerOf(sandbox, call) };
	const node = findNode(sandbox, context.viewer, call);
	const [, edge] = call.path;
	const operation = findOperation(node, call.method, edge);
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

/** What can be done beyond reading a node or one of its fields. */
const operations: Operations = {
	page: {
		"GET subscribed_apps": readPageSubscription,
		"POST subscribed_apps": subscribePage,
		"DELETE subscribed_apps": unsubscribePage,
	},
	app: {
		"GET subscriptions": readAppSubscriptions,
		"POST subscriptions": subscribeApp,
		"DELETE subscriptions": unsubscribeApp,
	},
	account: {
		"POST mentions": replyToMention,
		...forEveryMethod("subscribed_apps", () => {
			throw graphErrors.noCapability();
		}),
	},
	user: forEveryMethod("subscribed_apps", () => {
		throw graphErrors.pageTokenRequired();
	}),
	comment: {
		"POST replies": replyToComment,
		"POST ": hideComment,
	},
};

function forEveryMethod(edge: string, operation: Operation<GraphNode>) {
	return Object.fromEntries(
		["GET", "POST", "DELETE"].map((method) => [`${method} ${edge}`, operation]),
	);
}

function findOperation(
	node: GraphNode,
	method: string,
	edge = "",
): Operation<GraphNode> | undefined {
	return operations[node.kind]?.[`${method} ${edge}`] as
		| Operation<GraphNode>
		| undefined;
}
