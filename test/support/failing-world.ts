import {
	type Database,
	UnreachableError,
	type World,
} from "../../src/world.ts";

export interface Failure {
	/** Which of the world's calls fails, counted from 1. */
	call: number;
	/** Before it has its effect, or after. */
	when: "before" | "after";
	/** `ends`: the process is gone, nothing it does later has an effect. */
	how: "fails" | "ends";
}

/**
 * A world in which one call of the network or of the store fails.
 * @returns the world's change, and how many such calls were made
 */
export function failingWorld({ call, when, how }: Failure) {
	let made = 0;
	let gone = false;
	const strike = (at: Failure["when"], error: Error) => {
		if (gone) throw error;
		if (at === "before") made++;
		if (made !== call || at !== when) return;
		gone = how === "ends";
		throw error;
	};
	const lost = () => new UnreachableError("timeout", "no answer came in time");
	const broken = () => new Error("the disk is full");
	const store = (database: Database): Database => {
		const around =
			<A extends unknown[], R>(work: (...given: A) => R) =>
			(...given: A): R => {
				strike("before", broken());
				const result = work(...given);
				strike("after", broken());
				return result;
			};
		return {
			...database,
			all: around(database.all),
			run: around(database.run),
			transaction: around(database.transaction) as Database["transaction"],
		};
	};
	const change = (world: World): World => ({
		...world,
		network: {
			...world.network,
			call: async (request) => {
				strike("before", lost());
				const response = await world.network.call(request);
				strike("after", lost());
				return response;
			},
		},
		openDatabase: async (path) => store(await world.openDatabase(path)),
	});
	return { change, made: () => made };
}
