import { basename, dirname, join } from "node:path";
import type { Config } from "../../config/config.ts";
import { IgwhError } from "../../igwh-error.ts";
import { gateStates } from "../../sandbox/delivery/gates.ts";
import { writeHomeFile } from "../../sandbox/registered-sandbox.ts";
import { generatedSeed } from "../../sandbox/simulation/generated-seed.ts";
import { seedWorld } from "../../sandbox/simulation/seed.ts";
import { addSeed } from "../../sandbox/simulation/seed-file.ts";
import type { SandboxState } from "../../sandbox/simulation/state.ts";
import { readState, stateText } from "../../sandbox/simulation/state-file.ts";
import type { World } from "../../world.ts";

export interface WorldInput {
	/** A file of pages, accounts, media and comments to add. */
	seed?: string | undefined;
	/** That many accounts to make up. */
	generate?: number | undefined;
	/** The file that keeps the world; in the home folder where left out. */
	state?: string | undefined;
	/** Keeps nothing, and is found by nobody who does not have its address. */
	ephemeral?: boolean;
	/** Forgets what was kept. */
	fresh?: boolean;
}

export interface KeptWorld {
	state: SandboxState;
	/** Writes the world down, once the writing under way is done. */
	save(): void;
	/** Resolves when everything is written. */
	saved(): Promise<void>;
}

/** The world that a sandbox begins with: the one it had, or a new one. @throws IgwhError `input` */
export async function openWorld(
	input: WorldInput,
	config: Config,
	{ clock, files, terminal }: World,
): Promise<KeptWorld> {
	const path = input.state ?? join(config.get("home"), "sandbox-state.json");
	const now = clock.now();
	const text =
		input.fresh || input.ephemeral ? undefined : await files.read(path);
	const state =
		text === undefined ? seedWorld(now) : readState(text, { name: path, now });
	if (text !== undefined) terminal.note(continuing(state));
	if (input.generate !== undefined)
		addSeed(state, JSON.stringify(generatedSeed(input.generate)), {
			name: "--generate",
			now,
		});
	if (input.seed !== undefined)
		addSeed(state, await seedText(input.seed, files), {
			name: input.seed,
			now,
		});
	const write = async () => {
		if (input.ephemeral) return;
		const text = stateText(state, clock.now());
		if (input.state !== undefined) await files.write(path, text);
		else await writeHomeFile(dirname(path), basename(path), text, files);
	};
	return { state, ...oneWriteAtATime(write, terminal) };
}

/** The subscriptions are closed until someone subscribes, which needs no mention. */
function continuing(state: SandboxState): string {
	const closed = gateStates(state)
		.filter(({ id, open }) => !open && !id.endsWith("-subscription"))
		.map(({ id }) => id);
	const gates = closed.length > 0 ? `; closed: ${closed.join(", ")}` : "";
	return `the sandbox continues with its earlier state${gates}\n  start with a new one: igwh sandbox --fresh`;
}

async function seedText(path: string, files: World["files"]): Promise<string> {
	const text = await files.read(path);
	if (text !== undefined) return text;
	throw new IgwhError(
		"input",
		`there is no file ${path}`,
		"check the path given with --seed",
	);
}

function oneWriteAtATime(
	write: () => Promise<void>,
	terminal: World["terminal"],
): Pick<KeptWorld, "save" | "saved"> {
	let writing: Promise<void> | undefined;
	let isStale = false;
	let hasFailed = false;
	const run = async () => {
		while (isStale) {
			isStale = false;
			await write().catch((error: Error) => {
				if (!hasFailed)
					terminal.note(`the sandbox's state is not kept: ${error.message}`);
				hasFailed = true;
			});
		}
		writing = undefined;
	};
	return {
		save: () => {
			isStale = true;
			writing ??= run();
		},
		saved: async () => {
			await writing;
		},
	};
}
