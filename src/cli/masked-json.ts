import { maskSecrets, maskSecretsIn } from "./mask-secrets.ts";
import { jsonLine } from "./safe-text.ts";

/**
 * A value as a line of JSON without secrets. They are masked in its strings and
 * names: a secret with a quotation mark could reach beyond the end of a string.
 */
export function maskedJsonLine(
	value: unknown,
	secrets: readonly string[],
): string {
	const line = jsonLine(value);
	return maskSecrets(line, secrets) === line
		? line
		: jsonLine(maskSecretsIn(value, secrets));
}
