export interface Soak {
	/** A folder of the scenario's own; it is removed at the end. */
	folder: string;
	/** Longer than every time limit of igwh and of a localtunnel server's connections. */
	silenceMs: number;
	/** Runs when the scenario ends, however it ends; the last one added runs first. */
	afterwards(step: () => unknown): void;
}

/**
 * @returns what it measured, for a person to read
 * @throws Error where something is not as it must be
 */
export type Scenario = (soak: Soak) => Promise<string>;
