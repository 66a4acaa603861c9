import type { Answer, ResponseAnswer } from "./check.ts";

/** Whether a delivery was accepted; a 200 with the text of a refusal is a refusal. */
export function isAccepted(answer: Answer): answer is ResponseAnswer {
	return (
		answer.kind === "response" &&
		answer.status < 300 &&
		!readsAsRefusal(answer.text)
	);
}

/** Words with which receivers refuse, e.g. `Hook rules were not satisfied.` of adnanh/webhook, with status 200. */
const refusal =
	/\b(not (satisfied|valid|allowed|verified|authori[sz]ed|authentic)|(in|un)valid|refused|rejected|denied|forbidden|unauthori[sz]ed|mismatch|bad signature)\b/i;

/** Such as `"rejected": 0`, which is no refusal. */
const emptyMember = /"\w+"\s*:\s*(0|false|null|\[\s*\]|\{\s*\}|"")/g;

export function readsAsRefusal(text: string): boolean {
	return refusal.test(text.slice(0, 1000).replace(emptyMember, ""));
}

/** Refused with a 5xx, as this receiver refuses every bad signature or token. */
export function isUsualServerError(
	{ status }: ResponseAnswer,
	usual: ResponseAnswer | undefined,
): boolean {
	return status >= 500 && usual !== undefined && usual.status >= 500;
}
