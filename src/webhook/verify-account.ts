/**
 * The account that `igwh verify` writes to. No Instagram account has this id, so
 * its deliveries are nobody's work: no inbox takes them.
 */
export const verifyAccountId = "17841000000000000";
