/** The part of the package that keeps the connections of one tunnel; it has no types of its own. */
declare module "localtunnel/lib/Tunnel.js" {
	import type { EventEmitter } from "node:events";

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
	}
}
