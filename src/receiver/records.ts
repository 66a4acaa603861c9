export interface HandshakeRecord {
	type: "handshake";
	ok: boolean;
	reason?: string;
}
