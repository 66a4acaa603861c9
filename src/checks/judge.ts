import { headerValues } from "../http.ts";
import { explainAnswer } from "../receiver/explain-answer.ts";
import type {
	Answer,
	Check,
	Exchange,
	Judgement,
	Setup,
	Status,
} from "./check.ts";
import { mediaType } from "./framework.ts";

type JudgeOne = (exchange: Exchange, setup: Setup) => Judgement;

const gravity: readonly Status[] = ["fail", "warn", "unknown", "pass"];

/** Judges every exchange by itself; the worst counts. */
export function eachOf(judge: JudgeOne): Check["judge"] {
	return (exchanges, setup) => {
		const judged = exchanges.map((exchange) => ({
			...judge(exchange, setup),
			exchange,
		}));
		judged.sort(
			(a, b) => gravity.indexOf(a.status) - gravity.indexOf(b.status),
		);
		return judged[0] as Judgement;
	};
}

/** A delivery that a good receiver takes with 200. */
export const accepted: JudgeOne = ({ answer }) => {
	if (answer.kind === "none") return unanswered(answer);
	const { status, text } = answer;
	if (status === 200) return { status: "pass", detail: shown(answer) };
	const cause = explainAnswer(status, text);
	return {
		status: status > 200 && status < 300 ? "warn" : "fail",
		detail: `${shown(answer)}${cause ? `; ${cause}` : ""}`,
	};
};

/** The same, where `delivery.in-time` says already that it is slow. */
export const acceptedAtAll: JudgeOne = (exchange, setup) =>
	isTimeout(exchange.answer)
		? tooSlow("delivery.in-time")
		: accepted(exchange, setup);

/** A delivery that a good receiver refuses with 4xx. */
export const refused: JudgeOne = ({ answer }) => {
	if (answer.kind === "none") return unanswered(answer);
	const { status } = answer;
	if (status >= 400 && status < 500)
		return { status: "pass", detail: `refused with ${status}` };
	const verdict =
		status < 300
			? "taken, though it must be refused"
			: status < 400
				? "redirected instead of refused"
				: "an error instead of a refusal";
	return { status: "fail", detail: `${shown(answer)}; ${verdict}` };
};

/** Junk which may be taken or refused, but must not break anything. */
export const survived: JudgeOne = ({ answer }) => {
	if (answer.kind === "none") return unanswered(answer);
	return answer.status < 500
		? { status: "pass", detail: shown(answer) }
		: {
				status: "fail",
				detail: `${shown(answer)}; an exception was not caught`,
			};
};

/** Turns a failure into a warning, where Meta never sends such a thing. */
export function asWarning(judge: JudgeOne): JudgeOne {
	return (exchange, setup) => {
		const judgement = judge(exchange, setup);
		return judgement.status === "fail" && exchange.answer.kind === "response"
			? { ...judgement, status: "warn" }
			: judgement;
	};
}

/** An answer within the time. */
export const inTime: JudgeOne = ({ answer }, { timeoutMs }) => {
	if (answer.kind === "none")
		return answer.reason === "timeout"
			? { status: "fail", detail: `no answer within ${timeoutMs / 1000} s` }
			: unanswered(answer);
	const detail = `answered in ${Math.round(answer.ms)} ms`;
	return answer.ms > timeoutMs / 2
		? {
				status: "warn",
				detail: `${detail}, more than half of the time there is`,
			}
		: { status: "pass", detail };
};

export function isTimeout(answer: Answer): boolean {
	return answer.kind === "none" && answer.reason === "timeout";
}

export function tooSlow(id: string): Judgement {
	return { status: "unknown", detail: `no answer in time: see ${id}` };
}

/** That no answer came counts against the receiver only where it is there. */
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
