import { expect, test } from "vitest";
import {
	type GateId,
	gateIds,
} from "../../../src/sandbox/delivery/gate-ids.ts";
import { closeGate } from "../../../src/sandbox/delivery/gates.ts";
import { createLiveMachine } from "../../support/live-machine.ts";

/** What the doctor says of each gate of the sandbox: what fails, and what stays unknown because no API shows it. */
const expected: Readonly<
	Record<GateId, { failed?: readonly string[]; unknown?: string }>
> = {
	"app-subscription": { failed: ["app.subscription"] },
	"field-subscription": { failed: ["app.subscription"] },
	"page-subscription": { failed: ["page.subscription"] },
	permission: {
		failed: [
			"permission.instagram_manage_comments",
			"permission.instagram_manage_insights",
		],
	},
	"app-live": { unknown: "app.live" },
	"advanced-access": { unknown: "access.advanced" },
	"business-verified": { failed: ["business.verified"] },
	"media-owner-public": { unknown: "media.public" },
	broadcasting: {},
};

test.each(gateIds)("the sandbox's gate %s", async (gate) => {
	const machine = await createLiveMachine();
	closeGate(machine.state, gate);
	const { failed, warned, unknown, check } = await machine.diagnose();
	const { failed: wanted = [], unknown: unreadable } = expected[gate];
	expect({ failed, warned }).toEqual({ failed: wanted, warned: [] });
	if (unreadable === undefined) return;
	expect(unknown).toContain(unreadable);
	expect(check(unreadable)?.status).not.toBe("pass");
});
