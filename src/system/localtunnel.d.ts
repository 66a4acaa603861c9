/** The part of the package that keeps the connections of one tunnel; it has no types of its own. */
declare module "localtunnel/lib/Tunnel.js" {
	import type { EventEmitter } from "node:events";
	import type { Socket } from "node:net";

	export interface TunnelInfo {
		id: string;
		url: string;
		port: number;
		ip?: string;
		max_conn_count?: number;
	}

	export default class Tunnel extends EventEmitter {
		constructor(options: { host: string; port: number });
		_getInfo(answer: TunnelInfo): object;
		_establish(info: object): void;
		close(): void;
		/** There once it is established; each connection to the server is an `open`. */
		tunnelCluster: EventEmitter<{ open: [Socket] }>;
	}
}
