import { describe, expect, test } from "vitest";
import {
	type LiveCheckId,
	liveCheckIds,
} from "../../../src/checks/live/check-ids.ts";
import { textResponse } from "../../../src/http.ts";
import { practiceTokens } from "../../../src/sandbox/credentials.ts";
import { closedGates } from "../../../src/sandbox/delivery/gates.ts";
import { UnreachableError, type World } from "../../../src/world.ts";
import { storeDeliveries, type Told } from "../../support/live-deliveries.ts";
import {
	createLiveMachine,
	type LiveMachine,
} from "../../support/live-machine.ts";
import {
	callbackUrl,
	goodReceiver,
	igUserId,
	userToken,
	verifyToken,
} from "../../support/sandbox-world.ts";

/** How a gate is closed: settings, flags, the sandbox's state, the network, or what was received. */
interface Closing {
	env?: Record<string, string>;
	flags?: string;
	close?(machine: LiveMachine): void;
	world?(world: World): World;
	received?: readonly Told[];
	/** It does not keep deliveries away. */
	warns?: true;
}

const secondPage = "2043861125870917";
const hour = 3_600_000;

const subscription = (change: object) => ({
	close: ({ state }: LiveMachine) => {
		const { subscriptions } = state;
		const before = subscriptions.get("instagram");
		if (before) subscriptions.set("instagram", { ...before, ...change });
	},
});
const declined = (permission: string) => ({
	close: ({ state }: LiveMachine) => {
		state.permissions.set(permission, "declined");
	},
});
/** The callback is somewhere else, where every request fails like this. */
const unreachable = (kind: UnreachableError["kind"], message: string) => ({
	...subscription({ callbackUrl: "https://hooks.example/webhook" }),
	world: (world: World): World => ({
		...world,
		network: {
			...world.network,
			send: async (request) => {
				if (request.url.startsWith("https://hooks.example"))
					throw new UnreachableError(kind, message);
				return world.network.send(request);
			},
		},
	}),
});
const receiver = (handler: Parameters<LiveMachine["receive"]>[0]) => ({
	close: ({ receive }: LiveMachine) => receive(handler),
});
/** Meta's clock is that much ahead. */
const ahead = (milliseconds: number) => ({
	world: (world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async (request) => {
				const response = await world.network.call(request);
				const date = new Date(world.clock.now() + milliseconds).toUTCString();
				return { ...response, headers: [...response.headers, ["Date", date]] };
			},
		},
	}),
});

const closings: Partial<Record<LiveCheckId, Closing>> = {
	"config.app": { env: { IGWH_APP_SECRET: "" } },
	"config.token": { env: { IGWH_PAGE_TOKEN: "" } },
	"config.verify-token": { env: { IGWH_VERIFY_TOKEN: "" } },
	"version.supported": { env: { IGWH_API_VERSION: "v20.0" } },
	"clock.skew": ahead(600_000),
	"app.secret": { env: { IGWH_APP_SECRET: "0".repeat(32) } },
	"token.host": {
		env: { IGWH_PAGE_TOKEN: "IGAAToken", IGWH_LOGIN: "facebook" },
	},
	"token.valid": { env: { IGWH_PAGE_TOKEN: "EAAForgedToken" } },
	"token.expiry": { env: { IGWH_PAGE_TOKEN: practiceTokens.expired } },
	"token.app": { env: { IGWH_PAGE_TOKEN: "999|another-app" } },
	"token.type": { env: { IGWH_PAGE_TOKEN: userToken } },
	"token.data-access": {
		close: ({ state }) => {
			for (const token of state.tokens) token.issuedAt -= 90 * 24 * hour;
		},
	},
	"permission.instagram_basic": declined("instagram_basic"),
	"permission.instagram_manage_comments": declined("instagram_manage_comments"),
	"permission.instagram_manage_insights": declined("instagram_manage_insights"),
	"permission.instagram_manage_messages": {
		...declined("instagram_manage_messages"),
		close: (machine) => {
			declined("instagram_manage_messages").close(machine);
			subscription({ fields: [{ name: "messages", version: "v25.0" }] }).close(
				machine,
			);
		},
		flags: "--fields messages",
	},
	"permission.pages_manage_metadata": declined("pages_manage_metadata"),
	"permission.pages_read_engagement": declined("pages_read_engagement"),
	"permission.pages_show_list": declined("pages_show_list"),
	"page.token": { env: { IGWH_PAGE_ID: secondPage } },
	"page.linked": {
		close: ({ state }) => {
			for (const page of state.pages.values()) delete page.accountId;
		},
	},
	"page.account": { env: { IGWH_IG_USER_ID: "17841405309211844" } },
	"app.object": {
		close: ({ state: { subscriptions } }) => {
			const fields = [{ name: "feed", version: "v25.0" }];
			subscriptions.set("page", { callbackUrl, verifyToken, fields });
			subscriptions.delete("instagram");
		},
	},
	"app.subscription": {
		close: ({ state }) => {
			state.subscriptions.delete("instagram");
		},
	},
	"callback.address": subscription({ callbackUrl: "https://10.0.0.5/webhook" }),
	"callback.dns": unreachable(
		"failed",
		"hooks.example could not be reached: ENOTFOUND",
	),
	"callback.certificate": unreachable(
		"certificate",
		"the certificate of hooks.example is not trusted",
	),
	"callback.reachable": unreachable(
		"refused",
		"nothing listens at hooks.example",
	),
	"callback.redirect": receiver(async () => textResponse(301, "")),
	"callback.page-in-front": receiver(async () =>
		textResponse(200, "<!doctype html><html>Are you a robot?"),
	),
	"callback.handshake": receiver(async () => textResponse(200, '"1234"')),
	"callback.speed": {
		close: ({ receive, clock }) => {
			const good = goodReceiver();
			receive(async (request) => {
				await clock.sleep(6000);
				return good(request);
			});
		},
	},
	"callback.wrong-token": {
		...receiver(async ({ target }) =>
			textResponse(
				200,
				new URLSearchParams(target.split("?")[1]).get("hub.challenge") ?? "",
			),
		),
		warns: true,
	},
	"callback.owner": { flags: "--callback https://mine.example/webhook" },
	"app.active": subscription({ inactive: true }),
	"app.fields": {
		...subscription({ fields: [{ name: "comments", version: "v25.0" }] }),
		flags: "--fields mentions",
	},
	"delivery.disabled": {
		received: [
			{ hoursAgo: 3, forward: 500 },
			{ hoursAgo: 1, forward: 500 },
		],
		close: ({ state }) => {
			for (const page of state.pages.values()) delete page.subscribedFields;
		},
	},
	"page.subscription": {
		close: ({ state }) => {
			for (const page of state.pages.values()) delete page.subscribedFields;
		},
	},
	"delivery.signature": { received: [{ hoursAgo: 1, valid: false }] },
	"delivery.answered": { received: [{ hoursAgo: 1, forward: 500 }] },
	"delivery.speed": {
		received: [{ hoursAgo: 1, forward: 200, ms: 9000 }],
		warns: true,
	},
	"delivery.duplicates": {
		received: [
			{ hoursAgo: 2, comment: 1 },
			{ hoursAgo: 1, comment: 1 },
		],
		warns: true,
	},
	"business.verified": {
		close: ({ state }) => {
			for (const page of state.pages.values()) page.businessVerified = false;
		},
	},
	"app.live": { received: [{ hoursAgo: 1, test: true }], warns: true },
	"access.advanced": { flags: "--answer access.advanced=no" },
	"access.messages": {
		...subscription({ fields: [{ name: "messages", version: "v25.0" }] }),
		flags: "--fields messages --answer access.messages=no",
	},
	"version.served": { ...servedBy("v26.0"), warns: true },
};

/** No state of anything closes these: nothing tells, or only the store's silence. */
const neverClosed: readonly LiveCheckId[] = ["delivery.live", "media.public"];

/** Checks of Instagram Login: instagram-login.test.ts. */
const ofInstagramLogin = liveCheckIds.filter((id) =>
	/instagram_business|^account\.|signing-secret/.test(id),
);

async function closed({ env, close, received }: Closing) {
	const machine = await createLiveMachine(env);
	if (received) await storeDeliveries(machine, received);
	close?.(machine);
	return machine;
}

test("with everything open, nothing fails, and what cannot be known is not passed", async () => {
	const machine = await createLiveMachine();
	const { code, failed, warned, unknown, check } = await machine.diagnose(
		"",
		{},
		ahead(0).world,
	);
	expect({ code, failed, warned }).toEqual({ code: 0, failed: [], warned: [] });
	expect(unknown).toEqual([
		"delivery.signature",
		"delivery.answered",
		"delivery.speed",
		"delivery.duplicates",
		"delivery.live",
		"app.live",
		"access.advanced",
		"media.public",
	]);
	expect(check("clock.skew")).toMatchObject({ status: "pass" });
});

test("every check has a state that closes it", () => {
	expect(
		[...Object.keys(closings), ...neverClosed, ...ofInstagramLogin].sort(),
	).toEqual([...liveCheckIds].sort());
});

describe("a single closed gate is reported, and nothing else", () => {
	test.each(Object.entries(closings))("%s", async (id, closing) => {
		const machine = await closed(closing);
		const { code, failed, warned, err, check } = await machine.diagnose(
			closing.flags,
			{},
			closing.world,
		);
		expect({ failed, warned, detail: check(id) }).toMatchObject(
			closing.warns
				? { failed: [], warned: [id] }
				: { failed: [id], warned: [] },
		);
		expect(check(id)?.fix).toBeTruthy();
		expect(code, err).toBe(closing.warns ? 0 : 3);
	});
});

test("a receiver that refuses with a page of its own has another verify token, and no page in front", async () => {
	const machine = await createLiveMachine();
	machine.receive(async () => textResponse(403, "<!doctype html>Forbidden"));
	expect((await machine.diagnose()).failed).toEqual(["callback.handshake"]);
	machine.receive(async () =>
		textResponse(403, "<!doctype html>Cloudflare: checking your browser"),
	);
	expect((await machine.diagnose()).failed).toEqual(["callback.page-in-front"]);
});

test("an inactive subscription delivers nothing in the sandbox", async () => {
	const machine = await closed(closings["app.active"] as Closing);
	expect(closedGates(machine.state, igUserId, "comments")).toMatchObject([
		{ id: "app-subscription", detail: "the app's subscription is inactive" },
	]);
});

describe("whose callback it is", () => {
	const listen = "listen --no-tunnel --port 7310";

	test("this store's listener, which is asked without a wrong token", async () => {
		const machine = await createLiveMachine();
		const listener = await machine.start(`${listen} --subscribe --json`);
		await listener.until(/"type":"ready"/);
		const { failed, warned, check } = await machine.diagnose();
		expect({ failed, warned }).toEqual({ failed: [], warned: [] });
		expect(check("callback.owner")?.detail).toBe(
			"an igwh listener of this store",
		);
		const { records } = await listener.stop();
		expect(
			records.filter(({ type, ok }) => type === "handshake" && !ok),
		).toEqual([]);
	});

	test("a listener that ended without restoring it: the way back is named", async () => {
		const machine = await createLiveMachine();
		const listener = await machine.start(`${listen} --subscribe --json`);
		await listener.until(/"type":"ready"/);
		machine.handlers.delete("http://127.0.0.1:7310");
		const { failed, check } = await machine.diagnose();
		expect(failed).toEqual(["callback.owner"]);
		expect(check("callback.owner")?.fix).toContain("igwh listen --restore");
		await listener.stop();
	});

	test("another one, while this store's listener receives nothing", async () => {
		const machine = await createLiveMachine();
		const listener = await machine.start(listen);
		await listener.until("Listening");
		const { failed, warned, check } = await machine.diagnose();
		expect({ failed, warned }).toEqual({
			failed: [],
			warned: ["callback.owner"],
		});
		expect(check("callback.owner")?.detail).toContain("another tool");
		await listener.stop();
		expect((await machine.diagnose()).warned).toEqual([]);
	});
});

/** Two gates that are closed at once, as the doctor is to name them. */
const pairs: readonly (readonly [LiveCheckId, LiveCheckId])[] = [
	["config.verify-token", "page.subscription"],
	["clock.skew", "app.subscription"],
	["token.expiry", "app.fields"],
	["token.valid", "callback.handshake"],
	["permission.instagram_manage_comments", "page.subscription"],
	[
		"permission.instagram_manage_comments",
		"permission.instagram_manage_insights",
	],
	["page.linked", "app.subscription"],
	["app.subscription", "page.subscription"],
	["callback.handshake", "app.fields"],
	["callback.reachable", "app.active"],
	["callback.certificate", "page.subscription"],
	["app.fields", "page.subscription"],
	["page.subscription", "business.verified"],
	["business.verified", "access.advanced"],
	["app.secret", "version.supported"],
];

describe("two closed gates are reported in the order of their fixes", () => {
	test.each(pairs)("%s and %s", async (a, b) => {
		const [one, other] = [closings[a] as Closing, closings[b] as Closing];
		const machine = await closed({ ...one, env: { ...one.env, ...other.env } });
		other.close?.(machine);
		const world = (inner: World) =>
			(other.world ?? same)((one.world ?? same)(inner));
		const { failed, checks, err } = await machine.diagnose(
			`${one.flags ?? ""} ${other.flags ?? ""}`,
			{},
			world,
		);
		const order = [a, b].sort(
			(x, y) => liveCheckIds.indexOf(x) - liveCheckIds.indexOf(y),
		);
		expect(failed).toEqual(order);
		expect(JSON.parse(err).error.hint).toBe(`first: ${checks[0]?.fix}`);
		expect(checks.slice(0, 2)).toMatchObject([{ step: 1 }, { step: 2 }]);
	});
});

const same = (world: World) => world;

/** A proxy in front of Meta, or Meta itself, serves another version. */
function servedBy(version: string): Closing {
	return {
		world: (world) => ({
			...world,
			network: {
				...world.network,
				call: async (request) => {
					const response = await world.network.call(request);
					const headers = response.headers.filter(
						([name]) => name !== "facebook-api-version",
					);
					return {
						...response,
						headers: [...headers, ["facebook-api-version", version]],
					};
				},
			},
		}),
	};
}
