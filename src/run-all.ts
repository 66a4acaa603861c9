/**
 * Takes every step, whichever fails: what is held is given back, what is open
 * is closed.
 * @throws the first error, once all steps are taken
 */
export async function runAll(steps: readonly (() => unknown)[]): Promise<void> {
	const errors: unknown[] = [];
	for (const step of steps)
		try {
			await step();
		} catch (error) {
			errors.push(error);
		}
	if (errors.length > 0) throw errors[0];
}
