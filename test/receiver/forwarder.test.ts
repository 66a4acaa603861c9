import { describe, expect, test } from "vitest";
import { type HttpRequest, textResponse } from "../../src/http.ts";
import { forward } from "../../src/receiver/forward.ts";
import {
	createForwarder,
	type ForwarderOptions,
} from "../../src/receiver/forwarder.ts";
import {
	type Network,
	type OutgoingRequest,
	UnreachableError,
} from "../../src/world.ts";
import { createMemoryClock } from "../support/memory-clock.ts";
import { newDelivery } from "../support/stored-deliveries.ts";

const request: HttpRequest = {
	method: "POST",
	target: "/webhook",
	headers: [["X-Connection", "kept"]],
	body: Buffer.from("{}"),
};

/** A world in which apps answer after 7 ms. */
function worldOf(answer: (request: OutgoingRequest) => unknown) {
	const clock = createMemoryClock(1000);
	const sent: OutgoingRequest[] = [];
	const send = async (outgoing: OutgoingRequest) => {
		sent.push(outgoing);
		await clock.sleep(7);
		const given = answer(outgoing);
		if (given instanceof Error) throw given;
		return given;
	};
	return { sent, world: { clock, network: { send } as unknown as Network } };
}

const to = (url: string) => ({
	url: new URL(url),
	headers: [],
	insecure: false,
});

describe("forward", () => {
	test.each([
		["timeout", "no answer", 504, "no answer"],
		["refused", "nobody there", 502, "nobody there; is your app running?"],
		[
			"certificate",
			"self-signed",
			502,
			"self-signed; to skip the certificate check: --insecure",
		],
		["failed", "closed", 502, "closed"],
	] as const)(
		"an app that is unreachable (%s)",
		async (kind, said, status, hint) => {
			const { world } = worldOf(() => new UnreachableError(kind, said));
			const { response, forward: record } = await forward(
				request,
				to("http://127.0.0.1:3000"),
				world,
			);
			expect(record).toEqual({
				url: "http://127.0.0.1:3000/webhook",
				status,
				ms: 7,
				problem: kind,
				hint,
			});
			expect(response.status).toBe(status);
			expect(Buffer.from(response.body).toString()).toBe(`${said}\n`);
		},
	);

	test("a fault of our own is not an answer", async () => {
		const { world } = worldOf(() => new TypeError("a bug"));
		await expect(
			forward(request, to("http://127.0.0.1:3000"), world),
		).rejects.toThrow("a bug");
	});

	test("what belongs to one connection stays behind, what only looks like it does not", async () => {
		const { world } = worldOf(() => ({
			...textResponse(200, ""),
			headers: [
				["Connection", "close"],
				["Keep-Alive", "timeout=5"],
				["X-Upgrade", "a"],
				["Trailers-Seen", "b"],
			],
		}));
		const { response } = await forward(
			request,
			to("http://127.0.0.1:3000"),
			world,
		);
		expect(response.headers).toEqual([
			["X-Upgrade", "a"],
			["Trailers-Seen", "b"],
		]);
	});

	test.each([
		["user:pw@", "user:pw@"],
		["user@", "user@"],
		[":pw@", ":pw@"],
		["", ""],
	])("credentials %j are sent, and not recorded", async (given, sentAs) => {
		const { sent, world } = worldOf(() => textResponse(200, ""));
		const { forward: record } = await forward(
			request,
			to(`http://${given}127.0.0.1:3000`),
			world,
		);
		expect(sent[0]?.url).toBe(`http://${sentAs}127.0.0.1:3000/webhook`);
		expect(record.url).toBe("http://127.0.0.1:3000/webhook");
	});
});

describe("several apps", () => {
	const options: ForwarderOptions = {
		targets: [new URL("http://127.0.0.1:1"), new URL("http://127.0.0.1:2")],
		headers: [],
		insecure: false,
		fields: [],
		accounts: [],
		unverified: false,
		secrets: [],
	};

	test.each([
		[200, 299, 200],
		[299, 200, 299],
		[200, 300, 300],
		[200, 199, 199],
		[500, 404, 500],
		[204, 503, 503],
	])("that answer %i and %i: Meta gets %i", async (first, second, meta) => {
		const { world } = worldOf(({ url }) =>
			textResponse(url.includes(":1/") ? first : second, ""),
		);
		const { response, forwards } = await createForwarder(
			options,
			world,
		).delivery(newDelivery("{}"), request);
		expect(response.status).toBe(meta);
		expect(forwards.map(({ status }) => status)).toEqual([first, second]);
	});

	test.each([
		["everything", {}, true],
		["nothing, without targets", { targets: [] }, false],
		["one of the fields", { fields: ["mentions", "comments"] }, true],
		["another field", { fields: ["mentions"] }, false],
		["the account", { accounts: ["17"] }, true],
		["another account", { accounts: ["18"] }, false],
		["both", { fields: ["comments"], accounts: ["17"] }, true],
		[
			"field and account of two changes",
			{ fields: ["live_comments"], accounts: ["17"] },
			false,
		],
	])("want %s", (_, given, wanted) => {
		const { wants } = createForwarder(
			{ ...options, ...given },
			worldOf(() => 0).world,
		);
		const entry = (id: string, field: string) => ({
			id,
			time: 1,
			changes: [{ field, value: { id: "1" } }],
		});
		const delivery = newDelivery({
			object: "instagram",
			entry: [entry("17", "comments"), entry("19", "live_comments")],
		});
		expect(wants(delivery)).toBe(wanted);
	});
});
