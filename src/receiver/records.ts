export interface HandshakeRecord {
	type: "handshake";
	ok: boolean;
	reason?: string;
}

/** What a receiver has done since it started. */
export interface ReceiverCounts {
	/** Deliveries, refused ones included. */
	received: number;
	/** With an invalid signature. */
	refused: number;
	/** Those to which an app has answered, or failed to. */
	forwarded: number;
	/** Those that an app did not accept. */
	failed: number;
}
