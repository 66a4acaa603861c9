import {
	type CallbackOverride,
	overrideCallback,
} from "../../callback/override-callback.ts";
import { expose } from "../../tunnel/expose.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import { webhookPath } from "../../webhook/webhook-path.ts";
import type { Listener } from "./listener.ts";
import type { ListenerReceiving } from "./receive.ts";

/** Where a listener is reached. */
export interface Reached {
	localUrl: string;
	callbackUrl: string;
	/** `null` without a public URL. */
	publicUrl: string | null;
}

/**
 * Exposes the receiver.
 * @returns its URLs, and with `--subscribe` the override of the app's callback,
 *   which has not started, but follows the public URL
 */
export async function reach(
	listener: Listener,
	receiving: ListenerReceiving,
): Promise<{ reached: Reached; callback: CallbackOverride | undefined }> {
	const { input, config, world, records, endings } = listener;
	const { localUrl, healthToken } = receiving;
	const callback = overrideWhereAsked(listener, receiving.aliveUrl);
	let following = false;
	const open = await expose(input, config, receiving.port, {
		healthToken,
		world,
		emit: (record) => {
			records.push(record);
			if (record.state === "lost") return;
			following = true;
			callback?.follow(`${record.url}${webhookPath}`);
		},
	});
	endings.unshift(() => open?.close());
	// The health URL answers, and the tunnel stays, until the callback is restored.
	endings.unshift(() => callback?.restore());
	const publicUrl = open?.url ?? null;
	const callbackUrl = publicUrl ? `${publicUrl}${webhookPath}` : localUrl;
	if (!following) callback?.follow(callbackUrl);
	return { reached: { localUrl, callbackUrl, publicUrl }, callback };
}

function overrideWhereAsked(
	{ input, config, world, store, records, ...listener }: Listener,
	owner: string,
): CallbackOverride | undefined {
	if (!input.subscribe) return undefined;
	const { verifyToken, restoreToken } = listener;
	const fields = input.instagramFields ?? defaultInstagramFields;
	return overrideCallback(
		{ verifyToken, restoreToken, owner, fields, emit: records.push },
		{ overrides: store.overrides, config, world },
	);
}
