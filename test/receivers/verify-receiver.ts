import { createMachine } from "../support/memory-world.ts";
import { secret, verifyToken } from "./broken-receiver.ts";
import type { BrokenReceiver } from "./broken-receivers.ts";

/** What `igwh verify` finds in a receiver, and what it shows. */
export async function verifyReceiver(start: BrokenReceiver["start"]) {
	const run = async (flags: string[]) => {
		const machine = createMachine({
			IGWH_APP_SECRET: secret,
			IGWH_VERIFY_TOKEN: verifyToken,
		});
		let leave = () => {};
		const server = await machine.serve(
			start(machine.clock, () => leave()),
			{ port: 0, maxBodyBytes: 1e7 },
		);
		leave = () => void server.close();
		const url = `${server.url}/webhook`;
		return { machine, outcome: await machine.run(["verify", url, ...flags]) };
	};
	const { machine, outcome } = await run(["--json"]);
	const { code, records } = outcome;
	const ids = (status: string) =>
		records
			.filter(({ type }) => type === "check")
			.filter((record) => record.status === status)
			.map(({ id }) => id as string);
	return {
		code,
		fail: ids("fail"),
		warn: ids("warn"),
		causes: records.filter(({ type }) => type === "cause"),
		summary: records.at(-1),
		/** In milliseconds. */
		took: machine.clock.elapsed(),
		sent: machine.sent,
		shown: async () => (await run([])).outcome.out,
	};
}
