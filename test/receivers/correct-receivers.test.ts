import { afterEach, expect, test } from "vitest";
import { sendExactly } from "../../src/system/http-client.ts";
import { createMachine } from "../support/memory-world.ts";
import { frameworkReceivers } from "./correct/framework-receivers.ts";
import { nodeReceivers } from "./correct/node-receivers.ts";
import { otherLanguages } from "./correct/other-languages.ts";
import type { Running } from "./correct/rules.ts";

const rules = { secret: "the-app-secret", verifyToken: "the-verify-token" };
const receivers = {
	...nodeReceivers,
	...frameworkReceivers,
	...otherLanguages,
};

let running: Running | undefined;

afterEach(async () => {
	await running?.close();
	running = undefined;
});

/** Over real sockets, with the real client. */
test.each(Object.entries(receivers))("%s has no fault", async (_, start) => {
	running = await start(rules);
	const machine = createMachine({
		IGWH_APP_SECRET: rules.secret,
		IGWH_VERIFY_TOKEN: rules.verifyToken,
	});
	const { code, records, err } = await machine.run(
		["verify", running.url, "--json"],
		{},
		(world) => ({
			...world,
			clock: { ...world.clock, now: Date.now },
			network: { ...world.network, send: sendExactly },
		}),
	);
	const failed = records.filter(({ status }) => status === "fail");
	expect(failed).toEqual([]);
	expect(records.at(-1)).toMatchObject({ fail: 0, unknown: 1 });
	expect({ code, err }).toEqual({ code: 0, err: "" });
});
