import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { startListener } from "../support/shipped-listener.ts";
import { commentDelivery } from "../support/stored-deliveries.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-faults-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Runs the shipped program in a shell that allows no file to grow beyond some blocks of 512 bytes. */
async function limited(blocks: number | "unlimited", ...argv: string[]) {
	const child = spawn(
		"sh",
		["-c", `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, "sh"].concat(
			process.execPath,
			program,
			argv,
		),
		{ env: { PATH: process.env.PATH, IGWH_HOME: home }, cwd: home },
	);
	const text = { out: "", err: "" };
	child.stdout.on("data", (data) => {
		text.out += data;
	});
	child.stderr.on("data", (data) => {
		text.err += data;
	});
	const [code] = await once(child, "close");
	return { code, ...text };
}

test.each([
	["the store", ["igwh.db", "igwh.db-shm", "igwh.db-wal"]],
	["the whole folder", [""]],
])(
	"%s removed under the shipped listener: what is acknowledged after it is stored, and it is said",
	async (_, names) => {
		const folder = join(home, "store");
		const { child, deliver, said } = await startListener(folder);
		expect(await deliver(commentDelivery(1).body)).toBe(200);
		for (const name of names)
			await rm(join(folder, name), { recursive: true, force: true });
		for (const id of [2, 3])
			expect(await deliver(commentDelivery(id).body)).toBe(200);
		child.kill("SIGINT");
		await once(child, "exit");
		expect(said().match(/was removed while in use/g)).toHaveLength(1);
		const store = storeOf(await openSqlite(join(folder, "igwh.db")), Date.now);
		expect([...store.deliveries.list({ limit: 9 })]).toHaveLength(2);
		store.close();
		expect((await stat(join(folder, "igwh.db"))).mode & 0o777).toBe(0o600);
	},
	30_000,
);

test("events are listed where the disk takes no more", async () => {
	const store = storeOf(await openSqlite(join(home, "igwh.db")), Date.now);
	for (let id = 1; id <= 300; id++)
		await store.deliveries.add(commentDelivery(id));
	store.close();
	const { code, out, err } = await limited(0, "events", "--limit", "3");
	expect(code).toBe(0);
	expect(out.match(/✓ signed/g)).toHaveLength(3);
	expect(err).toMatch(/cannot be written/);
}, 30_000);

test.runIf(process.getuid?.() !== 0)(
	"events are listed from a folder that may only be read",
	async () => {
		const store = storeOf(await openSqlite(join(home, "igwh.db")), Date.now);
		await store.deliveries.add(commentDelivery(1));
		store.deliveries.find("d1");
		store.close();
		await chmod(join(home, "igwh.db"), 0o400);
		await chmod(home, 0o500);
		const { code, out } = await limited("unlimited", "events");
		await chmod(home, 0o700);
		expect(code).toBe(0);
		expect(out).toContain("✓ signed");
	},
	30_000,
);
