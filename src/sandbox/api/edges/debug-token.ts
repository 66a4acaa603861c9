import type { Sandbox } from "../../context.ts";
import { unixSeconds } from "../../graph-time.ts";
import type { AccessToken, SandboxState } from "../../simulation/state.ts";
import { type GraphCall, needParameter } from "../graph-call.ts";
import { asGraphError, type GraphError, graphErrors } from "../graph-error.ts";
import { findToken, readToken, scopesOf, viewerOf } from "../viewer.ts";

/** `GET /debug_token` (README: Tokens and login); a bad input token is an answer, not an error. */
export function debugToken(sandbox: Sandbox, call: GraphCall) {
	viewerOf(sandbox, call);
	const input = needParameter(call, "input_token");
	const { state } = sandbox;
	if (input.includes("|") && !input.startsWith(`${state.app.id}|`))
		throw graphErrors.foreignInputToken();
	const problem = problemWith(sandbox, input);
	const token = findToken(state, input);
	if (token) return { data: describe(state, token, problem) };
	return {
		data: problem
			? { error: shownProblem(problem), is_valid: false, scopes: [] }
			: { ...application(state, "APP"), is_valid: true, scopes: [] },
	};
}

function describe(
	state: SandboxState,
	token: AccessToken,
	problem: GraphError | undefined,
) {
	const { issuedAt, expiresAt, pageId } = token;
	const scopes = problem ? [] : scopesOf(state, token);
	return {
		...application(state, pageId === undefined ? "USER" : "PAGE"),
		data_access_expires_at: unixSeconds(issuedAt + dataAccess),
		...(problem && { error: shownProblem(problem) }),
		expires_at: expiresAt === undefined ? 0 : unixSeconds(expiresAt),
		is_valid: problem === undefined,
		issued_at: unixSeconds(issuedAt),
		...(pageId !== undefined && { profile_id: pageId }),
		scopes,
		granular_scopes: scopes.map((scope) => ({ scope })),
		user_id: state.user.id,
	};
}

/** Access to a person's data ends 90 days after their last login. */
const dataAccess = 90 * 86_400_000;

function application({ app }: SandboxState, type: string) {
	return { app_id: app.id, type, application: app.name };
}

function problemWith(sandbox: Sandbox, input: string): GraphError | undefined {
	try {
		readToken(sandbox, input);
		return undefined;
	} catch (error) {
		return asGraphError(error);
	}
}

function shownProblem({ code, message, subcode }: GraphError) {
	return { code, message, ...(subcode !== undefined && { subcode }) };
}
