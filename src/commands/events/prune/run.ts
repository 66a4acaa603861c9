import type { Config } from "../../../config/config.ts";
import { IgwhError } from "../../../igwh-error.ts";
import { openStore } from "../../../store/store.ts";
import type { World } from "../../../world.ts";
import { countOf } from "./count-of.ts";
import type { PrunedRecord } from "./records.ts";

export interface PruneEventsInput {
	/** Milliseconds. */
	olderThan: number | undefined;
	field: string | undefined;
	account: string | undefined;
	invalid: boolean;
	duplicates: boolean;
	yes: boolean;
	dryRun: boolean;
}

/** Removes deliveries received before a time; the file reuses their space. */
export async function* run(
	{ olderThan, yes, dryRun, ...filter }: PruneEventsInput,
	config: Config,
	world: World,
): AsyncGenerator<PrunedRecord> {
	if (olderThan === undefined)
		throw new IgwhError(
			"usage",
			"--older-than is required",
			"for example: igwh events prune --older-than 30d",
		);
	const store = await openStore(config, world);
	try {
		const time = world.clock.now() - olderThan;
		const ids = store.deliveries.prunable({ ...filter, before: time });
		const before = new Date(time).toISOString();
		const what = `${countOf(ids.length)}${described(filter)} from before ${before}`;
		const record = { type: "pruned", before } as const;
		if (dryRun)
			return yield { ...record, deliveries: ids.length, dryRun: true };
		if (ids.length > 0 && !yes) await confirm(what, world);
		if (ids.length > 0 && yes) world.terminal.note(`removing ${what}`);
		yield { ...record, deliveries: store.deliveries.prune(ids) };
	} finally {
		store.close();
	}
}

function described({
	field,
	account,
	invalid,
	duplicates,
}: Pick<
	PruneEventsInput,
	"field" | "account" | "invalid" | "duplicates"
>): string {
	return [
		field && ` with ${field}`,
		account && ` of account ${account}`,
		invalid && " with an invalid signature",
		duplicates && " with repeated changes",
	]
		.filter(Boolean)
		.join("");
}

async function confirm(what: string, { terminal, prompts }: World) {
	if (!terminal.interactive)
		throw new IgwhError(
			"usage",
			`this would remove ${what}`,
			"confirm with --yes; to see what would be removed: --dry-run",
		);
	if (!(await prompts.confirm(`Remove ${what}?`)))
		throw new IgwhError(
			"interrupted",
			"nothing was removed",
			"to see what would be removed: --dry-run",
		);
}
