import type { AnyRecord } from "../../cli/record.ts";
import { type Config, loadConfig } from "../../config/config.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { MentionRecord, ReplyRecord } from "../../mentions/records.ts";
import { runAll } from "../../run-all.ts";
import { sandboxPort, sandboxSettings } from "../../sandbox/credentials.ts";
import type { World } from "../../world.ts";
import type { ListenRecord, ReadyRecord } from "../listen/records.ts";
import * as listen from "../listen/run.ts";
import type { SandboxRecord } from "../sandbox/records.ts";
import * as sandbox from "../sandbox/run.ts";

type SandboxReady = SandboxRecord & { type: "ready" };

/** What the steps share: their own sandbox, listener and store. */
export interface Stage {
	config: Config;
	world: World;
	sandbox: SandboxReady;
	listener: AsyncIterator<ListenRecord>;
	listening: ReadyRecord;
	mentions: MentionRecord[];
	answers: ReplyRecord[];
	close(): Promise<void>;
}

/** Starts a sandbox and a listener with a store that is removed at the end. */
export async function openStage(world: World): Promise<Stage> {
	const stopping = new AbortController();
	const inner = {
		...world,
		interrupt: AbortSignal.any([world.interrupt, stopping.signal]),
	};
	const home = await world.files.makeTemporaryFolder();
	const endings: (() => unknown)[] = [() => world.files.remove(home)];
	const close = async () => {
		stopping.abort();
		await runAll(endings);
	};
	const started = <T>({ first, iterator }: Started<T>) => {
		endings.unshift(() => iterator.return?.());
		return { first, iterator };
	};
	try {
		const { first } = started(await startSandbox(inner));
		const ready = first as SandboxReady;
		const config = await loadConfig(
			{ sandbox: true, home, graphUrl: ready.url },
			inner,
			sandboxSettings,
		);
		const listener = started(await startListener(config, inner));
		return {
			config,
			world: inner,
			sandbox: ready,
			listener: listener.iterator,
			listening: listener.first as ReadyRecord,
			mentions: [],
			answers: [],
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function startSandbox(world: World): Promise<Started<SandboxRecord>> {
	const config = await loadConfig({}, world, {});
	const start = (port: number) =>
		sandbox.run(
			{
				port,
				closed: [],
				retrySpeed: 1,
				allowPublicCallbacks: false,
				ephemeral: true,
			},
			config,
			world,
		);
	return startAt(sandboxPort, start);
}

function startListener(
	config: Config,
	world: World,
): Promise<Started<ListenRecord>> {
	const start = (port: number) =>
		listen.run(
			{
				port,
				tunnel: false,
				publicUrl: undefined,
				tunnelHost: "",
				subdomain: undefined,
				forward: [],
			},
			config,
			world,
		);
	return startAt(listenPort, start);
}

/** The default of `igwh listen --port`. */
export const listenPort = 7300;

interface Started<T> {
	/** What it emitted once it was ready. */
	first: T;
	iterator: AsyncIterator<T>;
}

/** Starts a server at its usual port, which keeps the printed commands short, or at a free one. */
async function startAt<T>(
	port: number,
	start: (port: number) => AsyncIterator<T>,
): Promise<Started<T>> {
	const iterator = start(port);
	try {
		const { value: first } = await iterator.next();
		return { first, iterator };
	} catch (error) {
		if (port === 0 || !isTaken(error)) throw error;
		return startAt(0, start);
	}
}

function isTaken(error: unknown): boolean {
	const { cause } = error as { cause?: { code?: string } };
	return error instanceof IgwhError && cause?.code === "EADDRINUSE";
}

/** The flags that point a command at the stage's sandbox. */
export function sandboxFlags({ sandbox: { url } }: Stage): string {
	return url === sandboxSettings.graphUrl
		? " --sandbox"
		: ` --sandbox --graph-url ${url}`;
}

const waitMs = 5000;

/** The listener's next record of a type. @throws IgwhError `check` where there is none in time */
export async function next<T extends AnyRecord>(
	{ listener, world }: Stage,
	type: T["type"],
): Promise<T> {
	const patience = new AbortController();
	const late = world.clock.sleep(waitMs, patience.signal).then(() => undefined);
	try {
		for (;;) {
			const result = await Promise.race([listener.next(), late]);
			if (result === undefined || result.done)
				throw new IgwhError(
					"check",
					`the listener showed no ${type} within ${waitMs / 1000} s`,
					"run it again with --json, and report what it prints",
				);
			const record: AnyRecord = result.value;
			if (record.type === type) return record as T;
		}
	} finally {
		patience.abort();
	}
}
