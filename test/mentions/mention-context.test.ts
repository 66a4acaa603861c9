import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { textResponse } from "../../src/http.ts";
import { mentionContextOf } from "../../src/mentions/mention-context.ts";
import { openStore } from "../../src/store/store.ts";
import { createMachine } from "../support/memory-world.ts";

/** A context whose account may be renamed, and Meta fail. */
async function deskAtMeta() {
	const machine = createMachine({
		IGWH_GRAPH_URL: "http://127.0.0.1:7302",
		IGWH_PAGE_TOKEN: "EAAPAGE",
	});
	const meta = { username: "bluebottle", status: 200, asked: 0 };
	await machine.serve(
		async ({ target }) => {
			if (!target.includes("fields=username"))
				return textResponse(
					200,
					'{"id":"1","instagram_business_account":{"id":"17"}}',
				);
			meta.asked++;
			return textResponse(
				meta.status,
				JSON.stringify({ username: meta.username, id: "17" }),
			);
		},
		{ port: 7302, maxBodyBytes: 1e6 },
	);
	const world = machine.world();
	const config = await loadConfig({}, world, {});
	const store = await openStore(config, world);
	return {
		context: mentionContextOf(config, store, world),
		meta,
		clock: machine.clock,
	};
}

test.each([
	[59_999, "bluebottle", 1],
	[60_000, "bluebottle.roasters", 2],
])("after %i ms the account is called %s", async (ms, username, asked) => {
	const { context, meta, clock } = await deskAtMeta();
	expect(await context.usernameOf("17")).toBe("bluebottle");
	meta.username = "bluebottle.roasters";
	await clock.sleep(ms);
	expect(await context.usernameOf("17")).toBe(username);
	expect(meta.asked).toBe(asked);
	context.store.close();
});

test("a name that could not be read is asked for again at once", async () => {
	const { context, meta } = await deskAtMeta();
	meta.status = 503;
	await expect(context.usernameOf("17")).rejects.toMatchObject({
		about: "moment",
	});
	meta.status = 200;
	meta.username = "";
	await expect(context.usernameOf("17")).rejects.toMatchObject({
		message: "Meta gives no username for account 17",
	});
	meta.username = "bluebottle";
	expect(await context.usernameOf("17")).toBe("bluebottle");
	context.store.close();
});
