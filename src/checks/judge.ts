import { headerValues } from "../http.ts";
import { explainAnswer } from "../receiver/explain-answer.ts";
import type {
	Answer,
	Check,
	Exchange,
	JudgeContext,
	Judgement,
	Status,
} from "./check.ts";
import { mediaType } from "./framework.ts";
import { isUsualServerError, readsAsRefusal } from "./read-answer.ts";

export type JudgeOne = (exchange: Exchange, context: JudgeContext) => Judgement;

const gravity: readonly Status[] = ["fail", "warn", "unknown", "pass"];

/** Judges every exchange by itself; the worst result counts. */
export function eachOf(judge: JudgeOne): Check["judge"] {
	return (exchanges, context) => {
		const judged = exchanges.map((exchange) => ({
			...judge(exchange, context),
			exchange,
		}));
		judged.sort(
			(a, b) => gravity.indexOf(a.status) - gravity.indexOf(b.status),
		);
		return judged[0] as Judgement;
	};
}

/** A delivery that a correct receiver answers with 200. */
export const accepted: JudgeOne = ({ answer, probe }) => {
	if (answer.kind === "none") return unanswered(answer);
	const { status, text } = answer;
	if (status < 300 && readsAsRefusal(text))
		return {
			status: "fail",
			detail: `${shown(answer)}; the text says that it is refused`,
		};
	if (status === 200) return { status: "pass", detail: shown(answer) };
	const cause =
		probe.method === "POST" ? explainAnswer(status, text) : undefined;
	return {
		status: status > 200 && status < 300 ? "warn" : "fail",
		detail: `${shown(answer)}${cause ? `; ${cause}` : ""}`,
	};
};

/** The same, where `delivery.in-time` already reports that it is slow. */
export const acceptedAtAll: JudgeOne = (exchange, context) =>
	isTimeout(exchange.answer)
		? tooSlow("delivery.in-time")
		: accepted(exchange, context);

/** A delivery that a correct receiver refuses with 4xx. */
export const refused: JudgeOne = ({ answer }, { baseline }) => {
	if (answer.kind === "none") return unanswered(answer);
	const { status, text } = answer;
	if (status >= 400 && status < 500)
		return { status: "pass", detail: `refused with ${status}` };
	if (isUsualServerError(answer, baseline.refusedDelivery))
		return {
			status: "pass",
			detail: `refused with ${status}, like every bad signature`,
		};
	if (status < 300 && readsAsRefusal(text))
		return { status: "pass", detail: `refused in words: ${shown(answer)}` };
	const verdict =
		status < 300
			? "accepted, but it must be refused"
			: status < 400
				? "redirected instead of refused"
				: "a server error instead of a refusal";
	return { status: "fail", detail: `${shown(answer)}; ${verdict}` };
};

/** The same for the plainest refusal, where the receiver's way of refusing is reported. */
export const refusedClearly: JudgeOne = (exchange, context) => {
	const judgement = refused(exchange, context);
	const { answer } = exchange;
	if (judgement.status !== "pass" || answer.kind === "none") return judgement;
	if (answer.status >= 400 && answer.status < 500) return judgement;
	return {
		status: "warn",
		detail: `${shown(answer)}; refused, but with ${answer.status}: ${
			answer.status >= 500
				? "monitoring reads that as a crash"
				: "Meta and monitoring read that as success"
		}`,
	};
};

/** Junk that may be accepted or refused, but must not break anything. */
export const survived: JudgeOne = ({ answer }) => {
	if (answer.kind === "none") return unanswered(answer);
	return answer.status < 500
		? { status: "pass", detail: shown(answer) }
		: {
				status: "fail",
				detail: `${shown(answer)}; a server error, as after an exception`,
			};
};

/** Turns a failure into a warning, for what Meta never sends. */
export function asWarning(judge: JudgeOne): JudgeOne {
	return (exchange, context) => {
		const judgement = judge(exchange, context);
		return judgement.status === "fail" && exchange.answer.kind === "response"
			? { ...judgement, status: "warn" }
			: judgement;
	};
}

/** An answer within the time limit. */
export const inTime: JudgeOne = ({ answer }, { timeoutMs }) => {
	if (answer.kind === "none")
		return answer.reason === "timeout"
			? { status: "fail", detail: `no answer within ${timeoutMs / 1000} s` }
			: unanswered(answer);
	const detail = `answered in ${Math.round(answer.ms)} ms`;
	return answer.ms > timeoutMs / 2
		? { status: "warn", detail: `${detail}, more than half of the limit` }
		: { status: "pass", detail };
};

export function isTimeout(answer: Answer): boolean {
	return answer.kind === "none" && answer.reason === "timeout";
}

export function tooSlow(id: string): Judgement {
	return { status: "unknown", detail: `no answer in time: see ${id}` };
}

/** No answer is a fault of the receiver only while it listens. */
export function unanswered(
	answer: Extract<Answer, { kind: "none" }>,
): Judgement {
	if (answer.reason === "refused")
		return { status: "unknown", detail: "the receiver no longer listens" };
	return { status: "fail", detail: answer.message };
}

/** An answer on one line: `401 text/plain: no signature`. */
export function shown(answer: Answer): string {
	if (answer.kind === "none") return answer.message;
	const { status, headers, text } = answer;
	const [location] = headerValues(headers, "location");
	const type = mediaType(headers);
	const said = text.replace(/\s+/g, " ").trim();
	const cut = said.length > 120 ? `${said.slice(0, 119)}…` : said;
	return `${status}${type ? ` ${type}` : ""}${location ? ` to ${location}` : ""}${cut ? `: ${cut}` : ""}`;
}
