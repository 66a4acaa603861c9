/** What is shown of a secret; nothing of a short one. */
export function lastFour(secret: string): string {
	return secret.length < 12 ? "…" : `…${secret.slice(-4)}`;
}
