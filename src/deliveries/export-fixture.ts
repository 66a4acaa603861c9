import { join } from "node:path";
import { deliveryRow } from "../delivery-id.ts";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { FixtureError, readFixture } from "../payloads/fixture.ts";
import { isKeptText } from "../payloads/kept-when-redacted.ts";
import { prettyJson } from "../payloads/pretty-json.ts";
import type { Redact } from "../payloads/redact.ts";
import type { StoredDelivery } from "../store/deliveries.ts";
import type { World } from "../world.ts";
import type { FixtureRecord } from "./records.ts";

/**
 * A stored delivery as a fixture that `replay` sends.
 * @param redact replaces personal data
 * @throws IgwhError `input` where its body is no payload
 */
export function exportFixture(
	{ id, body }: StoredDelivery,
	redact: Redact | undefined,
): FixtureRecord {
	try {
		const payloads = readFixture(bodyText({ body }));
		const whole = payloads.map(({ json }) => json).join(",");
		const json = payloads.length > 1 ? `[${whole}]` : whole;
		return {
			type: "fixture",
			id,
			redacted: redact !== undefined,
			json: prettyJson(redact ? redact(json, deliveryRow(id)) : json),
		};
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${id} is not a payload: ${error.message}`,
			`show its bytes with: igwh events ${id}`,
		);
	}
}

/** Where deliveries are written as fixtures, and how personal data in them is replaced. */
export interface Recording {
	folder: string;
	redact: Redact | undefined;
}

/** Writes a delivery into a folder of fixtures, as `d12-mentions.json`. */
export async function recordFixture(
	stored: StoredDelivery,
	{ folder, redact }: Recording,
	{ files }: Pick<World, "files">,
): Promise<void> {
	const { json } = exportFixture(stored, redact);
	const field = stored.parsed.changes[0]?.field ?? "";
	// Anyone may have chosen the field's name: the file must stay in the folder.
	const named = redact
		? isKeptText("field", field)
		: /^[a-z_]{1,40}$/.test(field);
	const name = (named && field) || "unknown";
	await files.write(join(folder, `${stored.id}-${name}.json`), `${json}\n`);
}
