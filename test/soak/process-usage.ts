import { readdirSync, readFileSync } from "node:fs";

export interface Usage {
	/** Resident, in MB. */
	memory: number;
	descriptors: number;
	/** How often its main thread was woken up so far. */
	wakeUps: number;
}

/** What Linux says of a process; nothing on other systems. */
export function processUsage(pid: number | undefined): Usage | undefined {
	if (process.platform !== "linux" || pid === undefined) return undefined;
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const read = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
	return {
		memory: Math.round(read("VmRSS") / 1024),
		descriptors: readdirSync(`/proc/${pid}/fd`).length,
		wakeUps: read("voluntary_ctxt_switches"),
	};
}
