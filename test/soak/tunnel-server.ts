import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sendExactly } from "../../src/system/http-client.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";
import { appSecret } from "./igwh-process.ts";
import type { Soak } from "./scenario.ts";

/** A localtunnel server as its users configure it, in a process of its own. */
export interface TunnelServer {
	/** What `--tunnel-host` takes. */
	url: string;
	port: number;
	/** It answers nothing until it is thawed; the kernel keeps its connections. */
	freeze(): void;
	thaw(): void;
	stop(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startTunnelServer(
	{ afterwards }: Pick<Soak, "afterwards">,
	port = 0,
): Promise<TunnelServer> {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, "dist/tunnel-server-process.js"), String(port)],
		{ stdio: ["pipe", "pipe", "inherit"] },
	);
	const stop = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill("SIGKILL");
		await once(child, "exit");
	};
	afterwards(stop);
	const [url] = await once(createInterface(child.stdout), "line");
	return {
		url,
		port: Number(new URL(url).port),
		freeze: () => child.kill("SIGSTOP"),
		thaw: () => child.kill("SIGCONT"),
		stop,
	};
}

let comments = 0;

/** Sends a comment as Meta would, to a public URL of a tunnel server, and gives the status of the answer. */
export async function deliver(
	server: { url: string },
	publicUrl: string,
): Promise<number | string> {
	const body = Buffer.from(
		`{"entry": [{"id": "17841400000000001", "time": 1, "changes": [{"value": {"id": "${++comments}"}, "field": "comments"}]}], "object": "instagram"}`,
	);
	const answer = await sendExactly({
		method: "POST",
		url: `${server.url}/webhook`,
		headers: [
			["Host", new URL(publicUrl).host],
			...deliveryHeaders(body, "changes", appSecret),
		],
		body,
		timeoutMs: 10_000,
	}).catch((error: Error) => error.message);
	return typeof answer === "string" ? answer : answer.status;
}
