import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../src/system/sqlite.ts";
import { selfSigned } from "../support/self-signed.ts";
import { startListener } from "../support/shipped-listener.ts";

const body = Buffer.from(
	'{"entry": [{"id": "17841400000000001", "time": 1, "changes": [{"value": {"id": "1"}, "field": "comments"}]}], "object": "instagram"}',
);
let home: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-listen-"));
});

afterEach(async () => {
	for (const child of children.splice(0)) {
		child.kill("SIGKILL");
		if (child.exitCode === null && child.signalCode === null)
			await once(child, "exit");
	}
	await rm(home, { recursive: true, force: true });
});

async function listen(...flags: string[]) {
	const listener = await startListener(home, ...flags);
	children.push(listener.child);
	return listener;
}

test("an app with a certificate of its own is reached with --insecure, and only so", async () => {
	const received: Buffer[] = [];
	const app = https.createServer(selfSigned, async (request, response) => {
		for await (const chunk of request) received.push(chunk);
		response.end("thanks");
	});
	await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
	const { port } = app.address() as AddressInfo;
	const forward = ["--forward", `https://127.0.0.1:${port}/hook`];
	try {
		const careful = await listen(...forward);
		expect(await careful.deliver(body)).toBe(502);
		expect((await careful.next()).forward).toMatchObject({
			status: 502,
			hint: expect.stringContaining("--insecure"),
		});
		expect(received).toEqual([]);

		const trusting = await listen(...forward, "--insecure");
		expect(await trusting.deliver(body)).toBe(200);
		expect((await trusting.next()).forward).toMatchObject({ status: 200 });
		expect(Buffer.concat(received)).toEqual(body);
	} finally {
		app.closeAllConnections();
		app.close();
	}
}, 20_000);

test("while another program holds the store Meta is told to come again, and why is said", async () => {
	const { deliver, next, said } = await listen();
	const other = await openSqlite(join(home, "igwh.db"));
	other.exec("BEGIN IMMEDIATE");
	expect(await deliver(body)).toBe(500);
	expect(said()).toMatch(
		/a delivery could not be stored: the store .* is locked/,
	);
	other.exec("ROLLBACK");
	other.close();
	expect(await deliver(body)).toBe(200);
	expect(await next()).toMatchObject({ type: "delivery", id: "d1" });
}, 30_000);
