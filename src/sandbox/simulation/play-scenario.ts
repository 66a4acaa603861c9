import { asRecord, asString } from "../../webhook/delivery.ts";
import type { World } from "../../world.ts";
import type { AskSandbox } from "../ask-sandbox.ts";
import type { Scenario, ScenarioStep } from "./scenario.ts";

/** What came of a step. */
export interface ScenarioEvent {
	step: ScenarioStep;
	/** Of a trigger: what the sandbox answered. */
	result: Record<string, unknown>;
	/** The scenario keeps deliveries from succeeding: a gate is closed or the receiver is down. */
	isHindered: boolean;
}

export interface Playing {
	ask: AskSandbox;
	clock: World["clock"];
	/** How many times faster than written; retries too. */
	speed: number;
	interrupt: AbortSignal;
}

/** Plays a scenario on a running sandbox, whose pace and receiver are as before at its end. */
export async function* playScenario(
	{ steps }: Scenario,
	playing: Playing,
): AsyncGenerator<ScenarioEvent> {
	const { ask, speed, interrupt } = playing;
	const { before } = await ask("speed", { retries: speed });
	const state: PlayState = { hindrances: new Set() };
	try {
		for (const step of steps) {
			if (interrupt.aborted) return;
			yield* playStep(step, playing, state);
		}
	} finally {
		await ask("speed", { retries: before });
		await ask("receiver", { down: false });
	}
}

interface PlayState {
	hindrances: Set<string>;
	lastComment?: string;
}

async function* playStep(
	step: ScenarioStep,
	playing: Playing,
	state: PlayState,
): AsyncGenerator<ScenarioEvent> {
	const { ask, clock, speed, interrupt } = playing;
	if (step.do === "wait") {
		await clock.sleep(step.ms / speed, interrupt);
		yield { step, result: {}, isHindered: false };
	} else if (step.do === "trigger") yield* playTrigger(step, playing, state);
	else if (step.do === "delete-last-comment") {
		const result = await ask("delete-comment", { id: state.lastComment ?? "" });
		yield { step, result, isHindered: false };
	} else {
		noteHindrance(step, state);
		const result = await ask(step.do, step.input);
		yield { step, result, isHindered: false };
	}
}

/** Several events are spread evenly over their time, or delivered at once where there is none. */
async function* playTrigger(
	step: ScenarioStep & { do: "trigger" },
	{ ask, clock, speed, interrupt }: Playing,
	state: PlayState,
): AsyncGenerator<ScenarioEvent> {
	const { overMs, input } = step;
	const times = overMs > 0 ? Number(input.count ?? 1) : 1;
	const each = overMs > 0 ? { ...input, count: 1 } : input;
	const start = clock.now();
	for (let count = 0; count < times && !interrupt.aborted; count++) {
		const due = start + (count * overMs) / times / speed;
		await clock.sleep(Math.max(0, due - clock.now()), interrupt);
		const result = await ask("trigger", each);
		const { comment_id, id } = asRecord(result.value);
		state.lastComment = asString(comment_id ?? id);
		yield { step, result, isHindered: state.hindrances.size > 0 };
	}
}

function noteHindrance(step: ScenarioStep, { hindrances }: PlayState): void {
	if (step.do === "receiver") {
		if (step.input.down) hindrances.add("receiver");
		// The account may have been unsubscribed meanwhile.
	}
	for (const gate of (step as { input?: { gates?: string[] } }).input?.gates ??
		[]) {
		if (step.do === "close") hindrances.add(gate);
		else hindrances.delete(gate);
	}
}
