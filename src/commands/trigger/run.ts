import type { Config } from "../../config/config.ts";
import { IgwhError } from "../../igwh-error.ts";
import { type AskSandbox, sandboxControl } from "../../sandbox/ask-sandbox.ts";
import { isSuccess } from "../../webhook/meta-retries.ts";
import type { World } from "../../world.ts";
import { playNamedScenario } from "./play-named-scenario.ts";
import type { StepRecord, TriggerRecord } from "./records.ts";

export interface TriggerInput {
	field: string | undefined;
	text: string | undefined;
	from: string | undefined;
	account: string | undefined;
	caption: string | undefined;
	ad: boolean;
	album?: boolean;
	low?: boolean;
	count?: number | undefined;
	batch?: number | undefined;
	duplicate?: boolean;
	shuffle?: boolean;
	/** The App Dashboard's Test button. */
	test?: boolean;
	/** A scenario's name, or the path of its file. */
	scenario?: string | undefined;
	speed?: number | undefined;
}

/** Refuses what does not fit together. */
export function check(input: TriggerInput): void {
	const { field, test, scenario, speed, ...details } = input;
	if (field === undefined && scenario === undefined)
		throw new IgwhError(
			"usage",
			"<field> is required, or --scenario",
			"for example: igwh trigger mentions --text '@bluebottle challenge?'",
		);
	if (field !== undefined && scenario !== undefined)
		throw misused("give a field or --scenario, not both");
	if (speed !== undefined && scenario === undefined)
		throw misused("--speed is the speed of a scenario");
	const given = Object.entries(details)
		.filter(([, value]) => value !== undefined && value !== false)
		.map(([name]) => `--${name}`);
	if (given.length > 0 && test)
		throw misused(`the Test button has its own values: leave out ${given[0]}`);
	if (given.length > 0 && scenario !== undefined)
		throw misused(`a scenario has its own events: leave out ${given[0]}`);
}

function misused(problem: string): IgwhError {
	return new IgwhError("usage", problem, "see: igwh trigger --help");
}

/**
 * Simulates an event in the sandbox, which delivers it as Meta would; fails where
 * a closed gate stopped it or the receiver did not accept it.
 */
export async function* run(
	input: TriggerInput,
	config: Config,
	world: World,
): AsyncGenerator<TriggerRecord | StepRecord> {
	const ask = await sandboxControl(config, world);
	const { scenario, speed } = input;
	if (scenario !== undefined)
		return yield* playNamedScenario({ name: scenario, speed }, ask, world);
	const record = input.test
		? await pressTest(input, ask)
		: await triggerOne(input, ask);
	yield record;
	checkDelivered(record);
}

async function triggerOne(
	{ account, test, scenario, speed, ...what }: TriggerInput,
	ask: AskSandbox,
): Promise<TriggerRecord> {
	const happened = await ask("trigger", { accountId: account, ...what });
	return { type: "trigger", ...happened } as unknown as TriggerRecord;
}

async function pressTest(
	{ field }: TriggerInput,
	ask: AskSandbox,
): Promise<TriggerRecord> {
	const sent = await ask("test", { field });
	return { type: "trigger", ...sent, gates: [] } as unknown as TriggerRecord;
}

function checkDelivered({
	field,
	delivery,
	gates,
	deliveries,
}: TriggerRecord): void {
	const [gate] = gates;
	if (gate)
		throw new IgwhError(
			"check",
			`Meta would not deliver this ${field} event: ${gate.detail}`,
			gate.fix,
		);
	if (deliveries ? deliveries.failed === 0 : isSuccess(delivery?.status ?? 0))
		return;
	const failed = deliveries && `${deliveries.failed} of ${deliveries.sent}`;
	throw new IgwhError(
		"check",
		failed
			? `${failed} deliveries of ${field} to ${delivery?.url} failed`
			: notDelivered(field, delivery),
		"check the receiver; the sandbox sends it again for 36 hours, as Meta does",
	);
}

function notDelivered(
	field: string,
	delivery: TriggerRecord["delivery"],
): string {
	const { url, status, error } = delivery ?? {};
	return status
		? `${url} answered the ${field} delivery with ${status}`
		: `the ${field} delivery to ${url} got no answer: ${error}`;
}
