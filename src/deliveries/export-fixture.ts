import { join } from "node:path";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { FixtureError, readFixture } from "../payloads/fixture.ts";
import { prettyJson } from "../payloads/pretty-json.ts";
import { redactJson } from "../payloads/redact.ts";
import type { StoredDelivery } from "../store/deliveries.ts";
import type { World } from "../world.ts";
import type { FixtureRecord } from "./records.ts";

/**
 * A stored delivery as a fixture that `replay` sends.
 * @param redact ids, names and texts are replaced, each always by the same
 * @throws IgwhError `input` where its body is no payload
 */
export function exportFixture(
	{ id, body }: StoredDelivery,
	redact: boolean,
): FixtureRecord {
	try {
		const payloads = readFixture(bodyText({ body }));
		const whole = payloads.map(({ json }) => json).join(",");
		const json = payloads.length > 1 ? `[${whole}]` : whole;
		return {
			type: "fixture",
			id,
			redacted: redact,
			json: prettyJson(redact ? redactJson(json) : json),
		};
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${id} is no payload: ${error.message}`,
			`look at its bytes with: igwh events ${id}`,
		);
	}
}

/** Writes a delivery into a folder of fixtures, as `d12-mentions.json`. */
export async function recordFixture(
	stored: StoredDelivery,
	{ folder, redact }: { folder: string; redact: boolean },
	{ files }: Pick<World, "files">,
): Promise<void> {
	const { json } = exportFixture(stored, redact);
	const field = stored.parsed.changes[0]?.field ?? "";
	// A stranger may have chosen the field's name: it must stay in the folder.
	const name = /^[a-z_]{1,40}$/.test(field) ? field : "unknown";
	await files.write(join(folder, `${stored.id}-${name}.json`), `${json}\n`);
}
