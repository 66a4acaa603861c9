/** What may happen to a mention or comment after it was received. */
export const inboxStates = ["new", "answered", "skipped", "failed"] as const;
export type InboxState = (typeof inboxStates)[number];
