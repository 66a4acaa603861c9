import { describe, expect, test } from "vitest";
import { liveCheckIds } from "../../../src/checks/live/check-ids.ts";
import { textResponse } from "../../../src/http.ts";
import type { World } from "../../../src/world.ts";
import { storeDeliveries } from "../../support/live-deliveries.ts";
import { createLiveMachine } from "../../support/live-machine.ts";
import { createMachine } from "../../support/memory-world.ts";
import { appId, callbackUrl, pageId } from "../../support/sandbox-world.ts";

const unsubscribePages = ({
	state,
}: Awaited<ReturnType<typeof createLiveMachine>>) => {
	for (const page of state.pages.values()) delete page.subscribedFields;
};

test("verdict, closed gates with their fixes, the rest, the seven conditions", async () => {
	const machine = await createLiveMachine();
	unsubscribePages(machine);
	machine.state.subscriptions.delete("instagram");
	const { out, err, code } = await machine.run("doctor");
	const lines = out.split("\n");
	expect(lines.slice(0, 10)).toEqual([
		`✗ live deliveries cannot arrive  app ${appId}, Facebook Login`,
		"  2 closed, 24 passed, 9 not known, 12 not checked; do the fixes in this order, then run igwh doctor again",
		"",
		"✗ 1. app.subscription  the app has no subscription to the instagram object",
		"    expected  the app is subscribed to the instagram object",
		"    fix       igwh subscribe --callback <url>, or while you develop: igwh listen --subscribe",
		"",
		`✗ 2. page.subscription  page ${pageId} does not have the app among its subscribed apps`,
		"    expected  the page has the app among its subscribed apps",
		"    fix       igwh subscribe",
	]);
	expect(out).not.toContain("callback.handshake");
	expect(lines.slice(-7).map((line) => line.slice(2, 14))).toEqual([
		"1  ✗ closed ",
		"2  ? unknown",
		"3  ? unknown",
		"4  ✓ holds  ",
		"5  ✗ closed ",
		"6  ✓ holds  ",
		"7  ? unknown",
	]);
	expect(err).toBe(
		"igwh: 2 of 47 checks failed\n  first: igwh subscribe --callback <url>, or while you develop: igwh listen --subscribe",
	);
	expect(code).toBe(3);
});

test("what a terminal is too narrow for goes on below, between words", async () => {
	const machine = await createLiveMachine();
	unsubscribePages(machine);
	const { out } = await machine.run("doctor", { columns: 78 });
	const lines = out.split("\n");
	const at = lines.findIndex((line) => line.startsWith("✗ 1."));
	expect(lines.slice(at, at + 3)).toEqual([
		"✗ 1. page.subscription",
		`    page ${pageId} does not have the app among its subscribed apps`,
		"    expected  the page has the app among its subscribed apps",
	]);
	const tooLong = lines.filter((line) => line.length > 78);
	expect(tooLong.filter((line) => !line.includes("http://"))).toEqual([]);
});

test("everything the doctor prints is free of secrets", async () => {
	const machine = await createLiveMachine({
		IGWH_USER_TOKEN: "EAASandboxUserToken",
	});
	machine.state.subscriptions.delete("instagram");
	for (const flags of ["", "--json"]) {
		const { out, err } = await machine.run(`doctor ${flags}`);
		for (const secret of ["EAASandbox", "5a4db0c5"])
			expect(out + err).not.toContain(secret);
	}
});

test("a network that is down is one line", async () => {
	const machine = createMachine({ IGWH_APP_ID: "1", IGWH_APP_SECRET: "a" });
	const { out, err, code } = await machine.run("doctor");
	expect({ out, err, code }).toEqual({
		out: "",
		err: "igwh: the Graph API cannot be reached: nothing listens at graph.facebook.com\n  check the network, and the address in IGWH_GRAPH_URL",
		code: 5,
	});
});

test.each([
	[503, { message: "Service temporarily unavailable", code: 2 }],
	[400, { message: "(#4) Application request limit reached", code: 4 }],
])("Meta's own failure is one line too: %i", async (status, error) => {
	const machine = await createLiveMachine();
	const failing = (world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async () => textResponse(status, JSON.stringify({ error })),
		},
	});
	const { out, err, code } = await machine.run("doctor", {}, failing);
	expect(out).toBe("");
	expect(err).toContain(error.message);
	expect(code).toBe(6);
});

test("without any setting, the first step is to configure igwh", async () => {
	const { failed, code } = await (
		await createLiveMachine(
			Object.fromEntries(
				[
					"APP_ID",
					"APP_SECRET",
					"VERIFY_TOKEN",
					"PAGE_ID",
					"PAGE_TOKEN",
					"IG_USER_ID",
				].map((name) => [`IGWH_${name}`, ""]),
			),
		)
	).diagnose();
	expect(failed).toEqual(["config.app", "config.token", "config.verify-token"]);
	expect(code).toBe(3);
});

test("it runs in the sandbox too", async () => {
	const machine = createMachine();
	await machine.start("sandbox");
	const { out, code } = await machine.run("doctor --sandbox");
	expect(code).toBe(3);
	expect(out).toContain("1. app.subscription");
	expect(out).toContain("2. page.subscription");
});

describe("selection", () => {
	test("--list names every check in the order of the fixes", async () => {
		const { records } = await createMachine().run("doctor --list --json");
		expect(records.map(({ id }) => id)).toEqual(liveCheckIds);
	});

	test("--only takes groups and checks; what they need is run, not shown", async () => {
		const machine = await createLiveMachine();
		machine.state.subscriptions.delete("instagram");
		const { checks, code } = await machine.diagnose(
			"--only app.fields,version",
		);
		expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
			"app.fields unknown",
			"version.supported pass",
			"version.served pass",
		]);
		expect(code).toBe(0);
	});

	test("a name that is none is refused with the one that was meant", async () => {
		const { err, code } = await createMachine().run("doctor --only calback");
		expect(err).toContain("did you mean callback?");
		expect(code).toBe(2);
	});

	test("a name that is like none is not guessed", async () => {
		const { err } = await createMachine().run("doctor --explain nonsense");
		expect(err).not.toContain("did you mean");
		expect(err).toContain("igwh doctor --list shows all");
	});

	test.each(liveCheckIds)(
		"--explain %s is a screenful with its source",
		async (id) => {
			const { out, code } = await createMachine().run(`doctor --explain ${id}`);
			expect(out).toContain(id);
			expect(out).toMatch(/source {2}https:\/\/developers\.facebook\.com\//);
			expect(out.split("\n").length).toBeLessThan(24);
			expect(code).toBe(0);
		},
	);
});

describe("reports", () => {
	test("JUnit: a failure for each closed gate, what cannot be known is skipped", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		const { code } = await machine.run(
			"doctor --report junit=out.xml --report markdown=out.md --report json=out.json",
		);
		expect(code).toBe(3);
		const xml = machine.files.get("out.xml") ?? "";
		expect(xml).toContain(
			`<testsuite name="igwh doctor app ${appId}, Facebook Login" tests="47" failures="1"`,
		);
		expect(xml).toContain('<testcase classname="page" name="subscription: ');
		expect(xml.match(/<failure /g)).toHaveLength(1);
		expect(machine.files.get("out.md")).toContain(
			"# ✗ 1 closed, 37 passed, 9 not known",
		);
		expect(JSON.parse(machine.files.get("out.json") ?? "")).toMatchObject({
			ok: false,
		});
	});
});

describe("what no API tells", () => {
	const person = (...answers: (string | boolean)[]) => ({ answers });

	test("is asked once, and kept with its date", async () => {
		const machine = await createLiveMachine();
		const first = await machine.diagnose("", person("Yes", "I do not know"));
		expect(first.asked.length).toBeGreaterThan(0);
		expect(first.check("app.live")).toMatchObject({
			status: "unknown",
			detail: "you said yes on 2026-11-21; no API confirms it",
		});
		const second = await machine.diagnose("", person());
		expect(second.code).toBe(0);
		expect(second.asked).toEqual([]);
		const third = await machine.diagnose("--ask", person("No", "Yes"));
		expect(third.failed).toEqual(["app.live"]);
		expect(third.code).toBe(3);
	});

	test("is not asked while a gate is closed that can be read", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		expect((await machine.diagnose("", person())).asked).toEqual([]);
	});

	test("is answered by a flag where there is no terminal", async () => {
		const machine = await createLiveMachine();
		const { failed } = await machine.diagnose("--answer app.live=no");
		expect(failed).toEqual(["app.live"]);
		expect((await machine.diagnose()).failed).toEqual(["app.live"]);
		expect((await machine.diagnose("--answer app.live=yes")).failed).toEqual(
			[],
		);
		const { err, code } = await machine.run("doctor --answer media.public=yes");
		expect(err).toContain("one of app.live, access.advanced, access.messages");
		expect(code).toBe(2);
	});

	test("answers that cannot be read count as none", async () => {
		const machine = await createLiveMachine();
		machine.files.set(".igwh/answers.json", "{broken");
		expect((await machine.diagnose()).failed).toEqual([]);
	});

	test("is inferred from Tests alone, but not once a live delivery has come", async () => {
		const machine = await createLiveMachine();
		await storeDeliveries(machine, [{ hoursAgo: 2, test: true }]);
		const tests = await machine.diagnose();
		expect(tests.check("app.live")).toMatchObject({
			status: "warn",
			detail: expect.stringContaining("probably in development mode"),
		});
		await storeDeliveries(machine, [{ hoursAgo: 1 }]);
		const live = await machine.diagnose();
		expect(live.warned).toEqual([]);
		expect(live.check("delivery.live")).toMatchObject({ status: "pass" });
		expect(live.check("app.live")).toMatchObject({ status: "unknown" });
	});

	test("is not inferred while a gate is closed", async () => {
		const machine = await createLiveMachine();
		await storeDeliveries(machine, [{ hoursAgo: 2, test: true }]);
		unsubscribePages(machine);
		const { failed, warned } = await machine.diagnose();
		expect({ failed, warned }).toEqual({
			failed: ["page.subscription"],
			warned: [],
		});
	});
});

describe("--fix", () => {
	test("shows each call, makes those agreed to, and checks again", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		const before = machine.state.subscriptions.get("instagram");
		if (before)
			machine.state.subscriptions.set("instagram", { ...before, fields: [] });
		const { out, err, code } = await machine.run("doctor --fix", {
			answers: [true, true, "I do not know", "I do not know"],
		});
		expect(out).toContain(
			[
				`curl -X POST http://127.0.0.1:7302/v25.0/${appId}/subscriptions \\`,
				'  -H "Authorization: Bearer $IGWH_APP_ID|$IGWH_APP_SECRET" \\',
				"  --data-urlencode object=instagram \\",
				`  --data-urlencode callback_url=${callbackUrl} \\`,
				'  --data-urlencode "verify_token=$IGWH_VERIFY_TOKEN" \\',
			].join("\n"),
		);
		expect(out).toContain("✓ repaired app.fields");
		expect(out).toContain("✓ repaired page.subscription");
		expect(err).toContain("page.subscription: page");
		expect(machine.state.pages.get(pageId)?.subscribedFields).toEqual(["feed"]);
		expect(code).toBe(0);
	});

	test("leaves what is declined", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		const { code } = await machine.run("doctor --fix", { answers: [false] });
		expect(code).toBe(3);
		expect(machine.state.pages.get(pageId)?.subscribedFields).toBeUndefined();
	});

	test("reports a call that Meta refuses, and goes on", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		const before = machine.state.subscriptions.get("instagram");
		if (before)
			machine.state.subscriptions.set("instagram", { ...before, fields: [] });
		machine.receive(async () => textResponse(500, "down"));
		const { out, code } = await machine.run("doctor --fix", {
			answers: [true, true],
		});
		expect(out).toMatch(/✗ app.fields is not repaired: .*#2200/);
		expect(out).toContain("✓ repaired page.subscription");
		expect(code).toBe(3);
	});

	test("needs a terminal", async () => {
		const { err, code } = await createMachine().run("doctor --fix");
		expect(err).toContain("there is no terminal to ask at");
		expect(code).toBe(2);
	});
});

describe("--watch", () => {
	test("reports what changes, and ends when a live delivery arrives", async () => {
		const machine = await createLiveMachine();
		unsubscribePages(machine);
		await storeDeliveries(machine, [{ hoursAgo: 1 }]);
		const running = await machine.start("doctor --watch --json");
		await running.until(/"type":"summary"/);
		const page = machine.state.pages.get(pageId);
		if (page) page.subscribedFields = ["feed"];
		await running.until(/"id":"page\.subscription","status":"pass"/);
		await storeDeliveries(machine, [{ hoursAgo: 0 }]);
		const { records, code } = await running.ended;
		expect(records.at(-1)).toEqual({
			type: "arrived",
			id: "d2",
			fields: ["comments"],
		});
		expect(code).toBe(0);
	});

	test("checks every minute, and ends at Ctrl-C", async () => {
		const machine = await createLiveMachine();
		const running = await machine.start("doctor --watch --json");
		await running.until(/"type":"summary"/);
		const asked = () =>
			machine.sent.filter(({ url }) => url.includes(`/${appId}?`)).length;
		const before = asked();
		const at = machine.clock.now();
		while (asked() === before) await new Promise(setImmediate);
		expect(machine.clock.now() - at).toBe(60_000);
		const { code } = await running.stop();
		expect(code).toBe(130);
	});
});
