import { bodyText, type HttpResponse, headerValues } from "../http.ts";
import { responseText } from "../response-text.ts";
import {
	type Network,
	type OutgoingRequest,
	UnreachableError,
	type World,
} from "../world.ts";

/**
 * A network that notes every request it sends: method, address, status, time
 * and Meta's trace id; of a failure also what was sent and answered. Values that
 * have the name of a secret are hidden here; the output masks known secrets.
 */
export function verboseNetwork({
	network,
	clock,
	terminal,
}: Pick<World, "network" | "clock" | "terminal">): Network {
	const noted =
		(send: Network["send"]): Network["send"] =>
		async (request) => {
			if (isHealthCheck(request)) return send(request);
			const sentAt = clock.now();
			const startedAt = clock.elapsed();
			const note = (result: string, bodies: string[]) => {
				const time = new Date(sentAt).toISOString().slice(11, 23);
				const ms = Math.round(clock.elapsed() - startedAt);
				const line = `${time} ${request.method} ${shownUrl(request.url)}: ${result}, ${ms} ms`;
				terminal.note([line, ...bodies].join("\n"));
			};
			try {
				const answer = await send(request);
				note(...outcome(request, answer));
				return answer;
			} catch (error) {
				if (error instanceof UnreachableError)
					note(error.message, [shownBody("sent", bodyText(request))]);
				throw error;
			}
		};
	return { ...network, send: noted(network.send), call: noted(network.call) };
}

/** A listener checks its own health every 20 s. */
function isHealthCheck({ url }: OutgoingRequest): boolean {
	return url.includes("igwh.health=");
}

function outcome(
	request: OutgoingRequest,
	answer: HttpResponse,
): [result: string, bodies: string[]] {
	const text = responseText(answer);
	const trace = traceId(answer, text);
	const result = `${answer.status}${trace ? `, trace ${trace}` : ""}`;
	return answer.status < 400
		? [result, []]
		: [
				result,
				[shownBody("sent", bodyText(request)), shownBody("answer", text)],
			];
}

/** The id by which Meta's support finds a request. */
function traceId(answer: HttpResponse, text: string): string | undefined {
	const [header] = headerValues(answer.headers, "x-fb-trace-id");
	return header ?? /"fbtrace_id"\s*:\s*"([\w-]+)"/.exec(text)?.[1];
}

const maxShown = 2000;

function shownBody(what: string, text: string): string {
	if (text === "") return `  ${what}: nothing`;
	const cut = text.slice(0, maxShown).replace(/\s*[\r\n]+\s*/g, " ");
	const rest = text.length - maxShown;
	return `  ${what}: ${hideSecrets(cut)}${rest > 0 ? ` … and ${rest} characters more` : ""}`;
}

function shownUrl(url: string): string {
	return hideSecrets(url.replace(/^(\w+:\/\/)[^/@]*@/, "$1"));
}

const secretNames =
	"access_token|appsecret_proof|client_secret|fb_exchange_token|input_token|hub\\.verify_token|verify_token|token";

const inForm = new RegExp(
	`((?:^|[?&\\s])(?:${secretNames}|code)=)[^&\\s]+`,
	"g",
);
const inJson = new RegExp(`("(?:${secretNames})"\\s*:\\s*")[^"]*`, "g");

/** A URL, form or JSON without the values of members that hold secrets. */
function hideSecrets(text: string): string {
	return text.replace(inForm, "$1[redacted]").replace(inJson, "$1[redacted]");
}
