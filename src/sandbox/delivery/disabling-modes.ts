/**
 * Which deliveries unsubscribe an account once they failed for an hour. Meta
 * documents it for messaging; whether it does so for the rest is not known.
 */
export const disablingModes = ["messaging", "all", "never"] as const;
export type Disabling = (typeof disablingModes)[number];
