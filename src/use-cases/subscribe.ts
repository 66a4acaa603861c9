import { distance } from "fastest-levenshtein";
import type { Config } from "../config.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import { type Graph, graphClient, graphRoot } from "../graph/graph-client.ts";
import {
	readPageSubscription,
	writePageSubscription,
} from "../graph/subscribed-apps.ts";
import {
	readAppSubscription,
	writeAppSubscription,
} from "../graph/subscriptions.ts";
import { IgwhError } from "../igwh-error.ts";
import type { CallRecord, SubscriptionRecord } from "../records.ts";
import type { Secret } from "../secret.ts";
import { instagramFields, pageFields } from "../webhook/fields.ts";
import type { World } from "../world.ts";
import { allPages } from "./all-pages.ts";

export interface SubscribeInput {
	pages: readonly string[];
	/** Page fields. */
	fields: readonly string[];
	callback: string | undefined;
	/** What the app is told of, with `callback`. */
	instagramFields: readonly string[];
	all: boolean;
	list: boolean;
	dryRun: boolean;
}

/**
 * Subscribes the app to Instagram fields at a callback URL, where one is given,
 * and to pages. Nothing that was subscribed is lost: lists are merged, and read
 * back afterwards.
 */
export async function* subscribe(
	input: SubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	checkPageFields(input.fields);
	checkInstagramFields(input.instagramFields);
	const graph = graphClient(config, world);
	const write = input.dryRun || input.list ? undefined : graph;
	if (input.callback !== undefined || (input.list && config.get("appId")))
		yield* subscribeApp(input, config, graph, write);
	for (const page of await wantedPages(input, config, graph))
		yield* subscribePage(page, input, config, graph, write);
}

interface WantedPage {
	id: string;
	/** The page's own token; left out for the configured page. */
	token: Secret | undefined;
}

/** The pages named, all of the person's, or the configured one; each with its token. */
export async function wantedPages(
	{ pages, all }: Pick<SubscribeInput, "pages" | "all">,
	config: Config,
	graph: Graph,
): Promise<WantedPage[]> {
	const configured = config.get("pageId");
	const ids = pages.length > 0 || all ? pages : [config.need("pageId")];
	if (!all && ids.every((id) => id === configured))
		return ids.map((id) => ({ id, token: undefined }));
	const known = await allPages(graph);
	if (all) return known;
	return ids.map((id) => {
		const page = known.find((page) => page.id === id);
		if (page) return page;
		throw new IgwhError(
			"permission",
			`the user token does not see page ${id}; it sees ${known.map(({ id }) => id).join(", ") || "none"}`,
			"check the id, the person's role on the page, and pages_show_list of the token",
		);
	});
}

async function* subscribePage(
	{ id, token }: WantedPage,
	input: SubscribeInput,
	config: Config,
	graph: Graph,
	write: Graph | undefined,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const previous = await graph(readPageSubscription(id), token);
	const wanted = writePageSubscription(id, union(previous, input.fields));
	if (!write && !input.list) return yield callRecord(wanted, config);
	if (write) await write(wanted, token);
	const fields = write
		? await graph(readPageSubscription(id), token)
		: previous;
	if (write) checkReadBack(input.fields, fields, `page ${id}`);
	const changed = !sameNames(previous, fields);
	yield { type: "subscription", target: "page", id, fields, previous, changed };
}

async function* subscribeApp(
	input: SubscribeInput,
	config: Config,
	graph: Graph,
	write: Graph | undefined,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const id = config.need("appId");
	const before = await graph(readAppSubscription(id));
	const previous = before?.fields ?? [];
	const callbackUrl = input.callback ?? before?.callbackUrl ?? "";
	const wanted = writeAppSubscription(id, {
		callbackUrl,
		verifyToken: input.list ? "" : config.need("verifyToken"),
		fields: union(previous, input.instagramFields),
	});
	if (!write && !input.list) return yield callRecord(wanted, config);
	if (write) await write(wanted);
	const after = write ? await graph(readAppSubscription(id)) : before;
	if (write)
		checkReadBack(input.instagramFields, after?.fields ?? [], `app ${id}`);
	yield {
		type: "subscription",
		target: "app",
		id,
		fields: after?.fields ?? [],
		previous,
		changed: Boolean(write) && !sameSubscription(before, after),
		...(after && { callbackUrl: after.callbackUrl }),
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

/** What a dry run shows of a call: everything but the tokens. */
export function callRecord(
	{ method, path, parameters }: GraphCall<unknown>,
	config: Config,
): CallRecord {
	return {
		type: "call",
		method,
		url: `${graphRoot(config)}${path}`,
		parameters,
	};
}

function checkPageFields(fields: readonly string[]): void {
	for (const field of fields) {
		if (pageFields.has(field)) continue;
		throw Object.hasOwn(instagramFields, field)
			? new IgwhError(
					"usage",
					`${field} is an Instagram field: pages are subscribed with page fields, and any one of them turns Instagram deliveries on`,
					`igwh subscribe --fields feed, and for the app: --callback <url> --instagram-fields ${field}`,
				)
			: unknownField(field, "page", [...pageFields]);
	}
}

function checkInstagramFields(fields: readonly string[]): void {
	for (const field of fields) {
		if (Object.hasOwn(instagramFields, field)) continue;
		throw pageFields.has(field)
			? new IgwhError(
					"usage",
					`${field} is a page field: the app is subscribed with Instagram fields`,
					"--instagram-fields comments,live_comments,mentions,story_insights",
				)
			: unknownField(field, "Instagram", Object.keys(instagramFields));
	}
}

function unknownField(field: string, kind: string, names: readonly string[]) {
	const [nearest] = names.toSorted(
		(a, b) => distance(field, a) - distance(field, b),
	);
	return new IgwhError(
		"usage",
		`${field} is no ${kind} field`,
		`did you mean ${nearest}?`,
	);
}

function checkReadBack(
	wanted: readonly string[],
	fields: readonly string[],
	target: string,
): void {
	const lacking = wanted.filter((field) => !fields.includes(field));
	if (lacking.length > 0)
		throw new IgwhError(
			"graph",
			`Meta said yes, but ${target} is not subscribed to ${lacking.join(", ")}`,
			"run the command again; if it stays so, look at the app's products in the App Dashboard",
		);
}

function union(a: readonly string[], b: readonly string[]): string[] {
	return [...new Set([...a, ...b])];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.toSorted().join() === b.toSorted().join();
}

function sameSubscription(
	a: { callbackUrl: string; fields: string[] } | undefined,
	b: { callbackUrl: string; fields: string[] } | undefined,
): boolean {
	return (
		a?.callbackUrl === b?.callbackUrl &&
		sameNames(a?.fields ?? [], b?.fields ?? [])
	);
}
