import type { Config } from "../../config/config.ts";
import { bodyText } from "../../http.ts";
import { IgwhError } from "../../igwh-error.ts";
import { sandboxSettings } from "../../sandbox/credentials.ts";
import { notASandbox } from "../../sandbox/ensure-sandbox.ts";
import { asRecord, asString } from "../../webhook/delivery.ts";
import { UnreachableError, type World } from "../../world.ts";
import type { TriggerRecord } from "./records.ts";

export interface TriggerInput {
	field: string;
	text: string | undefined;
	from: string | undefined;
	account: string | undefined;
	caption: string | undefined;
	ad: boolean;
}

/**
 * Simulates an event in the sandbox, which delivers it as Meta would; fails where
 * a closed gate stopped it or the receiver did not accept it.
 */
export async function* run(
	{ field, account, ...what }: TriggerInput,
	config: Config,
	world: World,
): AsyncGenerator<TriggerRecord> {
	const happened = await ask(
		sandboxAddress(config),
		{ field, accountId: account, ...what },
		world,
	);
	const record = { type: "trigger", ...happened } as TriggerRecord;
	yield record;
	checkDelivered(record);
}

/** A sandbox's own address, whatever else is configured: Meta has no such edge. */
function sandboxAddress(config: Config): string {
	const configured = config.get("graphUrl");
	const { hostname } = new URL(configured);
	return ["127.0.0.1", "localhost", "[::1]"].includes(hostname)
		? configured
		: (sandboxSettings.graphUrl as string);
}

async function ask(
	address: string,
	what: object,
	world: World,
): Promise<Record<string, unknown>> {
	const url = `${new URL(address).origin}/sandbox/trigger`;
	const response = await world.network
		.send({
			method: "POST",
			url,
			headers: [["Content-Type", "application/json"]],
			body: Buffer.from(JSON.stringify(what)),
			timeoutMs: 15_000,
		})
		.catch((error) => {
			if (!(error instanceof UnreachableError)) throw error;
			throw new IgwhError(
				"network",
				`no sandbox is running: ${error.message}`,
				"start one in another terminal: igwh sandbox",
			);
		});
	const answer = asRecord(parsedAnswer(bodyText(response), address));
	if (response.status === 200) return answer;
	throw new IgwhError(
		"usage",
		asString(asRecord(answer.error).message) ||
			`the sandbox answered ${response.status}`,
		"see: igwh trigger --help",
	);
}

/** @throws IgwhError `network` where something else than a sandbox answers */
function parsedAnswer(text: string, address: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw notASandbox(new URL(address).origin);
	}
}

function checkDelivered({ field, delivery, gates }: TriggerRecord): void {
	const [gate] = gates;
	if (gate)
		throw new IgwhError(
			"check",
			`Meta would not deliver this ${field} event: ${gate.detail}`,
			gate.fix,
		);
	if (delivery?.status === 200) return;
	throw new IgwhError(
		"check",
		`${field} was sent to ${delivery?.url}, which ${delivery?.status ? `answered ${delivery.status}` : `did not answer: ${delivery?.error}`}`,
		"check the receiver; the sandbox sends it again for 36 hours, as Meta does",
	);
}
