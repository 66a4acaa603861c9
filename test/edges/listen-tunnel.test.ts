import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { startLocaltunnelServer } from "../support/localtunnel-server.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");

test("a tunnel through a real server, cut and restarted, comes back under its name", async () => {
	const home = await mkdtemp(join(tmpdir(), "igwh-tunnel-"));
	const first = await startLocaltunnelServer();
	const flags = `listen --port 0 --json --tunnel-host ${first.url} --subdomain mine`;
	const child = spawn(
		process.execPath,
		[program, ...flags.split(" "), "--home", home],
		{
			env: { PATH: process.env.PATH, IGWH_APP_SECRET: "0123456789abcdef" },
			stdio: ["ignore", "pipe", "ignore"],
		},
	);
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const next = async () => JSON.parse((await lines.next()).value);
	try {
		expect(await next()).toMatchObject({
			type: "ready",
			callbackUrl: "http://mine.localhost.test/webhook",
		});
		expect(await next()).toMatchObject({ type: "tunnel", state: "open" });
		await first.close();
		first.cut();
		expect(await next()).toMatchObject({ type: "tunnel", state: "lost" });
		const second = await startLocaltunnelServer(
			Number(new URL(first.url).port),
		);
		expect(await next()).toEqual({
			type: "tunnel",
			state: "reopened",
			url: "http://mine.localhost.test",
		});
		child.kill("SIGINT");
		expect((await once(child, "exit"))[0]).toBe(130);
		await second.close();
		second.cut();
	} finally {
		child.kill("SIGKILL");
		await rm(home, { recursive: true });
	}
}, 30_000);
