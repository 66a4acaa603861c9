import { refusesTheEdge } from "../../callback/refuses-the-edge.ts";
import type { Config } from "../../config/config.ts";
import { callRecord } from "../../graph/call-record.ts";
import type { Graph } from "../../graph/graph-client.ts";
import {
	type AppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../../graph/subscriptions.ts";
import { writeAndReadBack } from "../../graph/write-and-read-back.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type FieldChange, fieldChange } from "./field-change.ts";
import type { SubscribeRecord } from "./records.ts";

interface AppInput {
	callbackUrl: string;
	instagramFields: readonly string[];
	replace?: boolean;
	dryRun: boolean;
}

interface Context {
	config: Config;
	graph: Graph;
	world: World;
}

/**
 * Points the app's `instagram` object at a callback. Where Meta does not let the
 * API do it, shows what to enter in the App Dashboard, and checks the result.
 */
export async function* subscribeApp(
	input: AppInput,
	context: Context,
): AsyncGenerator<SubscribeRecord> {
	const { config, graph } = context;
	const { callbackUrl } = input;
	const id = config.need("appId");
	const verifyToken = config.need("verifyToken");
	const before = await graph(readAppSubscription(id));
	const change = fieldChange(
		before?.fields ?? [],
		input.instagramFields,
		input,
	);
	const call = writeAppSubscription(id, {
		callbackUrl,
		verifyToken,
		fields: change.wanted,
		includeValues: before?.includeValues,
	});
	if (input.dryRun) return yield callRecord(call, config);
	const settled = {
		readBack: () => graph(readAppSubscription(id)),
		missing: (after: AppSubscription | undefined) =>
			problemWith(after, callbackUrl, change, id),
	};
	let after: AppSubscription | undefined;
	try {
		after = await writeAndReadBack({ ...settled, write: () => graph(call) });
	} catch (error) {
		if (!(error instanceof IgwhError)) throw error;
		if (!refusesTheEdge(error))
			throw await explainRefusal(error, { callbackUrl, verifyToken }, context);
		yield {
			type: "dashboard",
			callbackUrl,
			verifyToken,
			fields: change.wanted,
			reason: error.message,
		};
		after = await setByHand(settled, context);
	}
	yield {
		type: "subscription",
		target: "app",
		id,
		fields: after?.fields ?? [],
		previous: before?.fields ?? [],
		changed: !isSame(before, after),
		...(after && { callbackUrl: after.callbackUrl }),
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

/** Waits until the person has entered it, and looks. @throws IgwhError where it is not there */
async function setByHand(
	{
		readBack,
		missing,
	}: {
		readBack(): Promise<AppSubscription | undefined>;
		missing(after: AppSubscription | undefined): string | undefined;
	},
	{ world: { prompts, terminal } }: Context,
): Promise<AppSubscription | undefined> {
	if (terminal.interactive)
		await prompts.confirm("Press Enter once it is saved in the App Dashboard");
	const after = await readBack();
	const problem = missing(after);
	if (problem === undefined) return after;
	throw new IgwhError(
		"graph",
		`the callback is to be set in the App Dashboard: ${problem}`,
		"enter the values above, then run the command again, or check with: igwh doctor --only app,callback",
	);
}

function problemWith(
	after: AppSubscription | undefined,
	callbackUrl: string,
	change: FieldChange,
	id: string,
): string | undefined {
	return (
		change.problem(after?.fields ?? [], `app ${id}`) ??
		(after?.callbackUrl === callbackUrl
			? undefined
			: `app ${id} still sends to ${after?.callbackUrl}`)
	);
}

function isSame(
	a: AppSubscription | undefined,
	b: AppSubscription | undefined,
): boolean {
	const names = (fields: readonly string[] = []) => fields.toSorted().join();
	return (
		a?.callbackUrl === b?.callbackUrl && names(a?.fields) === names(b?.fields)
	);
}
