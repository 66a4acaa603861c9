import { afterAll, expect, test } from "vitest";
import type { CallbackContext } from "../../src/callback/callback-context.ts";
import {
	type CallbackOverride,
	overrideCallback,
} from "../../src/callback/override-callback.ts";
import { answerProbe } from "../../src/callback/probe-listener.ts";
import { repairCallback } from "../../src/callback/repair-callback.ts";
import { loadConfig } from "../../src/config/config.ts";
import { type HttpResponse, textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { type Overrides, overrides } from "../../src/store/overrides.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import {
	type OutgoingRequest,
	UnreachableError,
	type World,
} from "../../src/world.ts";
import { createMachine } from "../support/memory-world.ts";

/**
 * Every order of events, up to a number of surprises in a run: the answer of a
 * call is lost before or after its effect, Meta refuses, the process is killed,
 * Ctrl-C, the tunnel moves, someone else sets the callback, another listener
 * (B of another store, C of the same one) or a `--restore` runs. Strangers act before a read, never between a read and the
 * write that follows: Meta has no conditional write (src/callback/README.md).
 */
const fates = [
	"ok",
	"lost before",
	"lost after",
	"refused",
	"killed",
	"slow",
	"lost, done late",
	"failed, done",
] as const;
const events = [
	"nothing",
	"tunnel moves",
	"Ctrl-C",
	"stranger",
	"B starts",
	"B ends",
	"B is killed",
	"C starts",
	"C ends",
	"--restore",
] as const;

const env = {
	IGWH_APP_ID: "1",
	IGWH_APP_SECRET: "secret",
	IGWH_VERIFY_TOKEN: "token",
};
const databases = [await openSqlite(":memory:"), await openSqlite(":memory:")];
for (const database of databases) storeOf(database, Date.now);
afterAll(() => {
	for (const database of databases) database.close();
});
const machine = createMachine(env);
const config = await loadConfig({}, machine.world(), {});

interface Subscription {
	callbackUrl: string;
	fields: string[];
}

interface Before {
	original: Subscription | undefined;
	/** An earlier listener of the store was killed. */
	crashed: boolean;
	/** Calls that write are slow, and the listener ends meanwhile. */
	hasty?: boolean;
}

async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++)
		await new Promise((resolve) => setImmediate(resolve));
}

/** Follows a list of choices, then takes the first option each time; notes how many there were. */
function chooser(choices: readonly number[]) {
	const options: number[] = [];
	const said: string[] = [];
	return {
		options,
		said,
		choose: <T extends string>(among: readonly T[]): T => {
			const chosen = choices[options.length] ?? 0;
			options.push(among.length);
			const picked = among[chosen] as T;
			if (chosen > 0) said.push(`${options.length - 1}: ${picked}`);
			return picked;
		},
	};
}

/** Runs one order of events to its end, checking the invariants all the way. */
async function run(
	choices: readonly number[],
	{ original, crashed, hasty = false }: Before,
) {
	const { choose, options, said } = chooser(choices);
	for (const database of databases)
		database.run("DELETE FROM callback_overrides");
	const stores = databases.map((database) => overrides(database, () => 0)) as [
		Overrides,
		Overrides,
	];
	let meta: Subscription | undefined = original;
	let stranger = false;
	const interrupt = new AbortController();
	/** What answers: by origin. */
	const live = new Map<string, (url: URL) => HttpResponse>();
	const plain = () => textResponse(403, "no");
	live.set("https://original", plain);
	live.set("https://stranger", plain);
	let killed = () => {};
	const death = new Promise<"killed">((resolve) => {
		killed = () => {
			dead = true;
			resolve("killed");
		};
	});
	let dead = false;
	const notes: string[] = [];

	const check = () => {
		const where = `${JSON.stringify(choices)} ${said.join(", ")} → ${meta?.callbackUrl}\n${notes.join("\n")}`;
		if (stranger) return;
		if (meta?.callbackUrl === original?.callbackUrl) return;
		const known = stores
			.flatMap(
				(store) => store.find("1", config.get("graphUrl"))?.replaced ?? [],
			)
			.some((entry) => entry?.callbackUrl === original?.callbackUrl);
		expect(known, `the original is forgotten: ${where}`).toBe(true);
	};

	const apply = ({ method, url, body }: OutgoingRequest): HttpResponse => {
		const given = new URLSearchParams(
			method === "POST" ? Buffer.from(body).toString() : new URL(url).search,
		);
		if (method === "DELETE") meta = undefined;
		if (method === "POST") {
			const callbackUrl = given.get("callback_url") ?? "";
			if (!live.has(new URL(callbackUrl).origin))
				return textResponse(400, '{"error":{"code":2200,"message":"dead"}}');
			meta = { callbackUrl, fields: (given.get("fields") ?? "").split(",") };
		}
		check();
		if (method !== "GET") return textResponse(200, '{"success":true}');
		const data = meta
			? [
					{
						object: "instagram",
						callback_url: meta.callbackUrl,
						active: true,
						fields: meta.fields.map((name) => ({ name, version: "v25.0" })),
					},
				]
			: [];
		return textResponse(200, JSON.stringify({ data }));
	};

	const worldOf = (
		call: World["network"]["call"],
		stop: AbortSignal,
	): World => {
		const world = machine.world({}, stop);
		return {
			...world,
			terminal: { ...world.terminal, note: (line) => notes.push(line) },
			clock: {
				...world.clock,
				sleep: () => new Promise((resolve) => setImmediate(resolve)),
			},
			network: {
				...world.network,
				call,
				send: async ({ url }) => {
					const server = live.get(new URL(url).origin);
					if (!server) throw new UnreachableError("refused", "nobody");
					return server(new URL(url));
				},
			},
		};
	};
	const quiet = new AbortController().signal;
	const calm = (store: Overrides): CallbackContext => ({
		overrides: store,
		config,
		world: worldOf(async (request) => apply(request), quiet),
	});

	/** A listener and what it serves. */
	const listener = (name: string, context: CallbackContext) => {
		const owner = `http://${name}:1/webhook?igwh.health=${name}`;
		const serve = (url: URL) =>
			url.searchParams.get("igwh.health") === name
				? textResponse(200, `igwh ${name}`)
				: (answerProbe(url.searchParams, "secret", () =>
						context.overrides.find("1", config.get("graphUrl")),
					) ?? plain());
		const callback = overrideCallback(
			{
				owner,
				verifyToken: "token",
				restoreToken: "token",
				fields: ["mentions"],
				emit: () => {},
			},
			context,
		);
		const origins = [`http://${name}:1`];
		live.set(`http://${name}:1`, serve);
		return {
			callback,
			at: (origin: string) => {
				origins.push(origin);
				live.set(origin, serve);
				callback.follow(`${origin}/webhook`);
			},
			gone: () => {
				for (const origin of origins) live.delete(origin);
			},
		};
	};

	const attempt = async (work: () => Promise<unknown>): Promise<unknown> => {
		try {
			await work();
			return undefined;
		} catch (error) {
			if (!(error instanceof IgwhError) || error.code === "bug") throw error;
			return error;
		}
	};
	const starting = async (callback: CallbackOverride) => {
		for await (const _ of callback.start());
	};

	const others = new Map<string, ReturnType<typeof listener>>();
	const starts = async (name: string, store: Overrides) => {
		if (others.has(name)) return;
		const context = calm(store);
		const other = listener(name, context);
		others.set(name, other);
		other.at(`https://${name}0`);
		const failed = await attempt(async () => {
			const asked = { subscribe: true };
			for await (const _ of repairCallback(asked, "token", context));
			await starting(other.callback);
		});
		if (failed) await ends(name);
	};
	const ends = async (name: string) => {
		await attempt(async () => others.get(name)?.callback.restore());
		others.get(name)?.gone();
	};
	let moves = 0;
	let posted = false;
	let blind = false;
	const repair = (store: Overrides) =>
		attempt(async () => {
			for await (const _ of repairCallback(
				{ restore: true },
				"token",
				calm(store),
			));
		});
	const event = async () => {
		if (dead) return new Promise(() => {});
		switch (choose(events)) {
			case "tunnel moves":
				moves += 1;
				a.at(`https://a${moves}`);
				break;
			case "Ctrl-C":
				interrupt.abort();
				break;
			case "stranger":
				meta = { callbackUrl: "https://stranger/hook", fields: ["comments"] };
				stranger = true;
				break;
			case "B starts":
				// The owner of a callback that no longer answers is unknown.
				blind ||=
					meta !== undefined && !live.has(new URL(meta.callbackUrl).origin);
				await starts("b", stores[1]);
				break;
			case "B ends":
				await ends("b");
				break;
			case "B is killed":
				others.get("b")?.gone();
				others.delete("b");
				break;
			case "C starts":
				await starts("c", stores[0]);
				break;
			case "C ends":
				await ends("c");
				break;
			case "--restore": {
				const held = stores[0].find("1", config.get("graphUrl"));
				const found = meta;
				const error = await repair(stores[0]);
				if (held?.owner.startsWith("http://a:")) {
					expect(String(error)).toContain("another listener of this store");
					expect(meta).toBe(found);
				}
				break;
			}
		}
	};

	const lost = () => new UnreachableError("timeout", "no answer");
	const surprising: World["network"]["call"] = async (request) => {
		if (dead) return new Promise(() => {});
		if (request.method === "GET") await event();
		if (request.method === "POST" && !posted) {
			expect(interrupt.signal.aborted, said.join(", ")).toBe(false);
			posted = true;
		}
		const fate = choose(
			request.method === "POST" && hasty
				? (["slow", ...fates] as const)
				: fates,
		);
		if (fate === "killed") {
			killed();
			return new Promise(() => {});
		}
		if (fate === "lost before") throw lost();
		if (fate === "lost, done late") {
			// Over what someone has set meanwhile it lands by Meta's doing, not by ours.
			void turns(60).then(() => stranger || others.size > 0 || apply(request));
			throw lost();
		}
		if (fate === "slow") await turns(12);
		if (dead) return new Promise(() => {});
		if (fate === "refused")
			return textResponse(400, '{"error":{"code":190,"message":"no"}}');
		const answer = apply(request);
		if (fate === "lost after") throw lost();
		if (fate === "failed, done")
			return textResponse(500, '{"error":{"code":2,"message":"down"}}');
		return answer;
	};

	if (crashed) {
		await starts("old", stores[0]);
		others.get("old")?.gone();
	}
	const a = listener("a", {
		overrides: stores[0],
		config,
		world: worldOf(surprising, interrupt.signal),
	});
	a.at("https://a0");
	const story = async () => {
		const failed = await attempt(() => starting(a.callback));
		if (!failed && !interrupt.signal.aborted) {
			await turns(40);
			await event();
			const pauses = { "all is done": 40, "at once": 0, soon: 4, later: 9 };
			const names = Object.keys(pauses) as (keyof typeof pauses)[];
			const pause = choose(hasty ? (["soon", ...names] as const) : names);
			await turns(pauses[pause]);
			if (pause === "all is done" && !stranger && others.size === 0)
				expect(meta?.callbackUrl, said.join(", ")).toBe(
					`https://a${moves}/webhook`,
				);
		}
		const error = await attempt(() => a.callback.restore());
		if (error)
			expect((error as IgwhError).hint).toContain("igwh listen --restore");
	};
	await Promise.race([story(), death]);
	await turns(80);
	dead = true;
	a.gone();
	check();
	for (const name of ["b", "c"]) {
		await ends(name);
		check();
	}
	// What the commands that were printed, or the next start, make of it.
	for (let round = 0; round < 2; round++)
		for (const store of stores) await repair(store);
	const where = `${JSON.stringify(choices)} ${said.join(", ")}\n${notes.join("\n")}`;
	if (stranger) expect(meta?.callbackUrl, where).toBe("https://stranger/hook");
	else if (blind) check();
	else expect(meta, where).toEqual(original);
	return options;
}

/** All runs with so many surprises, each found by doing something else at a point of a run with fewer. */
async function explore(surprises: number, before: Before) {
	let runs = 0;
	const visit = async (choices: readonly number[], left: number) => {
		const options = await run(choices, before);
		runs += 1;
		if (left === 0) return;
		for (let point = choices.length; point < options.length; point++)
			for (let option = 1; option < (options[point] ?? 0); option++) {
				const padding = Array(point - choices.length).fill(0);
				await visit([...choices, ...padding, option], left - 1);
			}
	};
	await visit([], surprises);
	return runs;
}

const hosted = { callbackUrl: "https://original/hook", fields: ["comments"] };

test.each<[string, Before]>([
	["a callback", { original: hosted, crashed: false }],
	["no subscription", { original: undefined, crashed: false }],
	["a hasty end", { original: hosted, crashed: false, hasty: true }],
	["a crash behind it", { original: hosted, crashed: true }],
])(
	"after every order of events an app with %s has what it had",
	async (_, before) => {
		const surprises = Number(process.env.SURPRISES ?? 2);
		expect(await explore(surprises, before)).toBeGreaterThan(800);
	},
	600_000,
);
