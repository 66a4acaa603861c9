import {
	type Handler,
	type HttpRequest,
	type HttpResponse,
	type ServedResponse,
	splitTarget,
} from "../http.ts";
import { servedPath } from "./api/graph-call.ts";
import { GraphError, graphErrors } from "./api/graph-error.ts";
import { graphResponse } from "./api/graph-response.ts";
import type { Sandbox } from "./context.ts";
import type { Fault } from "./fault.ts";
import { faultMessages, usageHeaders } from "./fault-messages.ts";

/** Answers calls with the sandbox's faults instead, or after them. */
export function withFaults(sandbox: Sandbox, handler: Handler): Handler {
	return async (request) => {
		const fault = takeFault(sandbox, request);
		if (!fault) return handler(request);
		if (fault.delayMs)
			await sandbox.world.clock.sleep(fault.delayMs, sandbox.closed);
		if (fault.drop) return droppedResponse;
		return fault.fail
			? failedResponse(sandbox, request, fault.fail)
			: handler(request);
	};
}

/** @throws GraphError 100 where it is not a fault */
export function readFault(input: Readonly<Record<string, unknown>>): Fault {
	const { on = "*", fail, delayMs, drop, times } = input;
	if (typeof on !== "string" || !/^(\*|[A-Z]+|([A-Z]+ )?\/\S+)$/.test(on))
		throw graphErrors.invalidParameter(
			"Param on must name calls, such as POST /mentions, /me or *.",
		);
	if (fail !== undefined && !errorForm.test(String(fail)))
		throw graphErrors.invalidParameter(
			"Param fail must be an error, such as 190, 190/463 or 4@403.",
		);
	const wait = optionalInteger("delayMs", delayMs);
	const count = optionalInteger("times", times);
	if (fail === undefined && wait === undefined && drop !== true)
		throw graphErrors.missingParameter("fail");
	return {
		on,
		...(fail !== undefined && { fail: String(fail) }),
		...(wait !== undefined && { delayMs: wait }),
		...(drop === true && { drop }),
		...(count !== undefined && { times: count }),
	};
}

function optionalInteger(name: string, value: unknown): number | undefined {
	if (value === undefined) return undefined;
	if (!Number.isInteger(value) || (value as number) < 1)
		throw graphErrors.invalidParameter(
			`Param ${name} must be a positive integer.`,
		);
	return value as number;
}

/** The first fault that a call meets, counted down. */
function takeFault(
	{ faults }: Sandbox,
	request: HttpRequest,
): Fault | undefined {
	const at = faults.findIndex((fault) => meets(request, fault));
	const fault = faults[at];
	if (fault?.times === undefined) return fault;
	if (fault.times > 1) faults[at] = { ...fault, times: fault.times - 1 };
	else faults.splice(at, 1);
	return fault;
}

function meets({ method, target }: HttpRequest, { on }: Fault): boolean {
	if (on === "*") return true;
	const slash = on.indexOf("/");
	const wantedMethod = (slash < 0 ? on : on.slice(0, slash)).trim();
	if (wantedMethod && wantedMethod !== method.toUpperCase()) return false;
	if (slash < 0) return true;
	const wanted = on.slice(slash + 1).split("/");
	const { path } = servedPath(splitTarget(target).path);
	const end = path.slice(-wanted.length);
	return (
		end.length === wanted.length &&
		wanted.every((part, index) => part === "*" || part === end[index])
	);
}

const errorForm = /^(\d+)(?:\/(\d+))?(?:@([45]\d\d))?$/;

async function failedResponse(
	{ world }: Sandbox,
	request: HttpRequest,
	fail: string,
): Promise<HttpResponse> {
	const error = graphErrorOf(fail);
	const served = servedPath(splitTarget(request.target).path);
	const response = await graphResponse(world, served, () => {
		throw error;
	});
	return {
		...response,
		headers: [...response.headers, ...usageHeaders(error.code)],
	};
}

function graphErrorOf(fail: string): GraphError {
	const [, code, subcode, status] = errorForm.exec(fail) ?? [];
	const known = faultMessages[`${code}/${subcode}`] ?? faultMessages[`${code}`];
	return new GraphError(
		Number(code),
		known?.message ?? `(#${code}) The sandbox was told to fail.`,
		{
			...(subcode && { subcode: Number(subcode) }),
			...(known?.transient && { transient: true }),
			status: status ? Number(status) : (known?.status ?? 400),
		},
	);
}

/** Its body breaks off, and with it the connection: only a stream can do that, which the server takes. */
const droppedResponse = {
	status: 200,
	headers: [["Content-Type", "application/json; charset=UTF-8"]],
	body: {
		async *[Symbol.asyncIterator]() {
			yield Buffer.from("{");
			throw new Error("the connection is dropped");
		},
	},
} satisfies ServedResponse as unknown as HttpResponse;
