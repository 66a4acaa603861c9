import { join } from "node:path";
import { startReceiver } from "../../src/receiver/start-receiver.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { systemWorld } from "../../src/system/system-world.ts";
import { secret } from "./requests.ts";

/** What `igwh listen` does with a delivery: its receiver, its store on the disk, its records. */
export async function openReceiver(home: string) {
	let told = 0;
	const { port } = await startReceiver(
		{
			port: 0,
			verifyToken: "bench",
			healthToken: "bench",
			secrets: [{ name: "app secret", value: secret }],
			store: storeOf(await openSqlite(join(home, "igwh.db")), Date.now),
			emit: () => told++,
		},
		systemWorld(),
	);
	return { port, told: () => told };
}
