import { keepAnswers } from "../../checks/live/answers.ts";
import type { LiveFinding } from "../../checks/live/live-check.ts";
import type { Diagnosis } from "./run.ts";

const choices = [
	{ name: "Yes", value: true },
	{ name: "No", value: false },
	{ name: "I do not know", value: undefined },
];

/**
 * Asks what no API tells, once every gate that can be read is open, and keeps
 * the answers with their date.
 * @returns whether something was answered
 */
export async function askOpenQuestions(
	findings: readonly LiveFinding[],
	again: boolean,
	{ answers, config, world }: Diagnosis,
): Promise<boolean> {
	const closed = findings.some(
		({ check, judgement }) => judgement.status === "fail" && !check.question,
	);
	const open = findings.filter(
		({ check }) => check.question && (again || !answers[check.id]),
	);
	if (!world.terminal.interactive || open.length === 0 || closed) return false;
	for (const { check } of open) {
		const yes = await world.prompts.select(check.question ?? "", choices);
		const at = new Date(world.clock.now()).toISOString();
		answers[check.id] = { ...(yes !== undefined && { yes }), at };
	}
	await keepAnswers(answers, config, world);
	return true;
}
