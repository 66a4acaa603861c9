/** The last characters of a secret, to recognise it by; none of a short one. */
export function lastFour(secret: string): string {
	return secret.length < 12 ? "…" : `…${secret.slice(-4)}`;
}
