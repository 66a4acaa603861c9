import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sendExactly } from "../../src/system/http-client.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
const secret = "igwh_test_app_secret_0123456789abcdef";

/** A listener as it is shipped, in a process of its own, once it is ready. */
export async function startListener(home: string, ...flags: string[]) {
	const child = spawn(
		process.execPath,
		[
			...[program, "listen", "--no-tunnel", "--port", "0", "--json"],
			...["--home", home, ...flags],
		],
		{ env: { PATH: process.env.PATH, IGWH_APP_SECRET: secret } },
	);
	let said = "";
	child.stderr.on("data", (text) => {
		said += text;
	});
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const next = async () => JSON.parse((await lines.next()).value);
	const { localUrl } = await next();
	return {
		child,
		/** What it tells next. */
		next,
		/** What it noted so far. */
		said: () => said,
		/** Sends a signed delivery, and gives the status of the answer. */
		deliver: async (body: Uint8Array) => {
			const { status } = await sendExactly({
				method: "POST",
				url: String(localUrl),
				headers: deliveryHeaders(body, "changes", secret),
				body,
				timeoutMs: 15_000,
			});
			return status;
		},
	};
}
