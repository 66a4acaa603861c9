export interface TunnelRecord {
	type: "tunnel";
	state: "open" | "lost" | "reopened";
	url: string;
	reason?: string;
}
