import { IgwhError } from "../../src/igwh-error.ts";
import type { Database, OutgoingRequest, World } from "../../src/world.ts";
import type { Fault } from "./memory-network.ts";
import type { Machine } from "./memory-world.ts";

/** How one call of the world goes wrong. */
export const calamities = {
	/** It fails, without an effect. */
	fails: "reset",
	/** Nothing comes of it, until its time limit strikes. */
	hangs: "hang",
	/** It is answered just before its time limit strikes. */
	"is answered late": "late",
	/** It has its effect, or half of it, but its answer is lost. */
	"is answered, and the answer lost": "answer lost",
} as const;

export type Calamity = keyof typeof calamities;

const failed = {
	files: () => new IgwhError("input", "a file could not be used", "check it"),
	store: () => new IgwhError("store", "the disk is full", "free some"),
};

/**
 * A world in which one call of the network, the files or the store goes wrong;
 * none with -1. What has no time limit neither hangs nor is late.
 * @param struck counts the calls that can go wrong this way
 */
export function faultyWorld(
	world: World,
	machine: Machine,
	{ chosen, calamity }: { chosen: number; calamity: Calamity },
): { world: World; calls(): string[] } {
	const calls: string[] = [];
	const struck = (name: string) => calls.push(name) - 1 === chosen;
	const limited = calamity === "hangs" || calamity === "is answered late";

	const request =
		(send: World["network"]["send"], name: string) =>
		(outgoing: OutgoingRequest) => {
			if (!struck(`${name} ${outgoing.method} ${outgoing.url}`))
				return send(outgoing);
			machine.injectFault(networkFault(calamity, outgoing), { times: 1 });
			return send(outgoing);
		};
	const file =
		<A extends unknown[], R>(name: string, work: (...given: A) => Promise<R>) =>
		async (...given: A): Promise<R> => {
			if (limited || !struck(`${name} ${given[0] ?? ""}`))
				return work(...given);
			if (calamity !== "fails") await half(work, given);
			throw failed.files();
		};
	const database = (opened: Database): Database => {
		const around =
			<A extends unknown[], R>(name: string, work: (...given: A) => R) =>
			(...given: A): R => {
				if (limited || !struck(name)) return work(...given);
				if (calamity !== "fails") work(...given);
				throw failed.store();
			};
		return {
			...opened,
			all: around("all", opened.all),
			run: around("run", opened.run),
			transaction: around(
				"transaction",
				opened.transaction,
			) as Database["transaction"],
		};
	};
	const { network, files } = world;
	return {
		calls: () => calls,
		world: {
			...world,
			network: {
				...network,
				send: request(network.send, "send"),
				call: request(network.call, "call"),
				openTunnel: (options) => {
					if (struck(`tunnel ${options.host}`))
						machine.injectFault(networkFault(calamity, options), { times: 1 });
					return network.openTunnel(options);
				},
			},
			files: {
				...files,
				read: file("read", files.read),
				readBytes: file("readBytes", files.readBytes),
				write: file("write", files.write),
				append: file("append", files.append),
				replace: file("replace", files.replace),
				list: file("list", files.list),
			},
			openDatabase: async (path) => {
				if (!limited && struck("openDatabase")) throw failed.store();
				return database(await world.openDatabase(path));
			},
		},
	};
}

function networkFault(
	calamity: Calamity,
	{ timeoutMs }: { timeoutMs: number },
): Fault {
	const fault = calamities[calamity];
	return fault === "late" ? { delayMs: timeoutMs - 1 } : fault;
}

/** A write that stops half way. */
async function half<A extends unknown[]>(
	work: (...given: A) => Promise<unknown>,
	given: A,
): Promise<void> {
	const [path, text] = given;
	const short =
		typeof text === "string" ? [path, text.slice(0, text.length / 2)] : given;
	await work(...(short as A));
}
