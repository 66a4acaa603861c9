/** How a payload is encoded: as Meta does, without white space, or byte for byte. */
export const encodings = ["meta", "compact", "raw"] as const;
export type Encoding = (typeof encodings)[number];

/** The signatures of a delivery. */
export const signings = ["both", "none", "sha1", "wrong"] as const;
export type Signing = (typeof signings)[number];

/** What is changed after signing. */
export const tampers = ["body", "signature"] as const;
export type Tamper = (typeof tampers)[number];
