import type { Sandbox } from "../context.ts";
import type { LoginCode } from "../simulation/state.ts";
import { graphErrors } from "./graph-error.ts";

const tenMinutes = 600_000;

/** A code that an app can exchange for a token. */
export function newLoginCode(
	{ state, world }: Sandbox,
	{ login, redirectUri }: Pick<LoginCode, "login" | "redirectUri">,
): string {
	const code = `AQ${Buffer.from(world.randomBytes(48)).toString("base64url")}`;
	state.loginCodes ??= new Map();
	state.loginCodes.set(code, {
		login,
		redirectUri,
		expiresAt: world.clock.now() + tenMinutes,
		used: false,
	});
	return code;
}

/**
 * Takes a code, which is not good a second time.
 * @throws GraphError
 */
export function takeLoginCode(
	{ state, world }: Sandbox,
	{
		login,
		code,
		redirectUri,
	}: Pick<LoginCode, "login" | "redirectUri"> & { code: string },
): void {
	const known = state.loginCodes?.get(code.replace(/#_$/, ""));
	if (known?.login !== login) throw graphErrors.unknownCode();
	if (known.redirectUri !== redirectUri) throw graphErrors.otherRedirectUri();
	if (known.used) throw graphErrors.usedCode();
	if (known.expiresAt <= world.clock.now()) throw graphErrors.expiredCode();
	known.used = true;
}
