import { expect, test } from "vitest";
import type { World } from "../../../src/world.ts";
import { createLiveMachine } from "../../support/live-machine.ts";
import { goodReceiver } from "../../support/sandbox-world.ts";

test.each([
	[2900, "pass"],
	[3100, "warn"],
	[4900, "warn"],
	[5100, "fail"],
	[9900, "fail"],
])("a callback that answers after %i ms: %s", async (ms, status) => {
	const machine = await createLiveMachine();
	const good = goodReceiver();
	machine.receive(async (request) => {
		await machine.clock.sleep(ms);
		return good(request);
	});
	const { check } = await machine.diagnose("--only callback");
	expect(check("callback.reachable")).toMatchObject({ status: "pass" });
	expect(check("callback.speed")).toMatchObject({ status });
});

test("a callback that does not answer within 10 s is not reachable", async () => {
	const machine = await createLiveMachine();
	machine.receive(() => new Promise(() => {}));
	const { failed, check } = await machine.diagnose("--only callback");
	expect(failed).toEqual(["callback.reachable"]);
	expect(check("callback.reachable")?.detail).toContain("within 10 s");
});

test.each([
	[50_000, "pass"],
	[70_000, "warn"],
	[-70_000, "warn"],
	[290_000, "warn"],
	[310_000, "fail"],
])("a clock that differs by %i ms: %s", async (difference, status) => {
	const machine = await createLiveMachine();
	const dated = (world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async (request) => {
				const response = await world.network.call(request);
				const at = new Date(world.clock.now() + difference).toUTCString();
				return { ...response, headers: [...response.headers, ["Date", at]] };
			},
		},
	});
	const { check } = await machine.diagnose("--only clock", {}, dated);
	expect(check("clock.skew")).toMatchObject({ status });
});

test("a check that takes longer than 45 s says nothing; the others do", async () => {
	const machine = await createLiveMachine({
		IGWH_PAGE_TOKEN: "",
		IGWH_USER_TOKEN: "EAASandboxUserToken",
	});
	machine.injectFault({ delayMs: 28_000 }, { url: /\/me\/accounts|\/1755/ });
	const { check, failed } = await machine.diagnose();
	expect(check("page.linked")).toMatchObject({
		status: "unknown",
		detail: "no answer within 45 s",
	});
	expect(check("app.fields")).toMatchObject({ status: "pass" });
	expect(failed).toEqual([]);
});
