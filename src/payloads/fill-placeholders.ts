import { FixtureError } from "./fixture.ts";

const placeholder = /\$\{(\w+)\}/g;

export function hasPlaceholders(fixture: string): boolean {
	return /\$\{\w+\}/.test(fixture);
}

/**
 * Replaces `${NAME}` in a fixture: `${uuid}` with a new UUID each time, all other
 * names with their environment variables, escaped as in a JSON string.
 * @throws FixtureError where a variable is not set, or its name is that of a secret
 */
export function fillPlaceholders(
	fixture: string,
	env: Readonly<Record<string, string | undefined>>,
	uuid: () => string,
): string {
	return fixture.replace(placeholder, (_, name: string) => {
		if (name === "uuid") return uuid();
		// A fixture may be sent to any receiver.
		if (/SECRET|TOKEN|PASSWORD/i.test(name))
			throw new FixtureError(`\${${name}} may be a secret, so it is not sent`);
		const value = env[name];
		if (value === undefined)
			throw new FixtureError(`\${${name}} is not set in the environment`);
		return JSON.stringify(value).slice(1, -1);
	});
}

/** A random UUID of 16 random bytes (RFC 9562, version 4). */
export function uuidOf(random: Uint8Array): string {
	const bytes = Buffer.from(random.subarray(0, 16));
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	return bytes
		.toString("hex")
		.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
