/** How long Meta waits for an answer (README: Retries). */
export const deliveryTimeoutMs = 5000;

const minute = 60_000;
const hour = 60 * minute;

/**
 * The waits before each further attempt: at once, then with decreasing
 * frequency over 36 hours. Meta does not publish the steps (README: Retries).
 */
export const retryWaits: readonly number[] = [
	0,
	minute,
	5 * minute,
	15 * minute,
	hour,
	3 * hour,
	6 * hour,
	12 * hour,
	12 * hour,
];

/** Redirects are failures: nothing says that Meta follows them. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
