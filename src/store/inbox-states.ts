/** The states of a received mention or comment. */
export const inboxStates = ["new", "answered", "skipped", "failed"] as const;
export type InboxState = (typeof inboxStates)[number];
