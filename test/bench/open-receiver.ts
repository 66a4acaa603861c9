import { join } from "node:path";
import { textResponse } from "../../src/http.ts";
import { receiver } from "../../src/receiver/receiver.ts";
import { storeOf } from "../../src/store/store.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { secret } from "./requests.ts";

/** The receiver of `igwh listen` with its store on the disk. */
export async function openReceiver(home: string): Promise<number> {
	const store = storeOf(await openSqlite(join(home, "igwh.db")), Date.now);
	const { port } = await serveOnLoopback(
		receiver({
			verifyToken: "bench",
			secrets: [{ name: "app secret", value: secret }],
			now: Date.now,
			accept: async (delivery) => {
				await store.deliveries.add(delivery);
				return textResponse(200, "");
			},
			onHandshake: () => {},
		}),
		{ port: 0, maxBodyBytes: 4 * 1024 * 1024 },
	);
	return port;
}
