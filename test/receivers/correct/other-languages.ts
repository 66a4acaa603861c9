import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import net, { type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Rules, Running, Start } from "./rules.ts";

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

/** Receivers in Python and PHP, where those are. */
export const otherLanguages: Record<string, Start> = {
	...(has("python3") && {
		"Python's http.server": (rules) => python("http_server.py", rules),
		"a WSGI application": (rules) => python("wsgi_app.py", rules),
		"Python's asyncio": (rules) => python("asyncio_streams.py", rules),
	}),
	...(has("php") && {
		"PHP's built-in server": async (rules) => {
			const port = await freePort();
			const child = start("php", rules, [
				"-q",
				"-S",
				`127.0.0.1:${port}`,
				file("webhook.php"),
			]);
			await said(child, child.stderr, /started/);
			return running(child, port);
		},
	}),
};

const file = (name: string) => join(import.meta.dirname, name);

/** It prints the port it took. */
async function python(name: string, rules: Rules): Promise<Running> {
	const child = start("python3", rules, [file(name)]);
	const port = await said(child, child.stdout, /^\d+/);
	return running(child, Number(port));
}

function start(program: string, rules: Rules, args: string[]) {
	return spawn(program, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: {
			PATH: process.env.PATH,
			SECRET: rules.secret,
			VERIFY_TOKEN: rules.verifyToken,
		},
	});
}

function said(
	child: ChildProcess,
	stream: NodeJS.ReadableStream,
	wanted: RegExp,
): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = "";
		stream.on("data", (chunk) => {
			text += chunk;
			const found = text.match(wanted);
			if (found) resolve(found[0]);
		});
		child.once("exit", () => reject(new Error(`it ended: ${text}`)));
	});
}

function running(child: ChildProcess, port: number): Running {
	return {
		url: `http://127.0.0.1:${port}/webhook`,
		close: () =>
			new Promise((resolve) => {
				child.removeAllListeners("exit");
				child.once("exit", () => resolve());
				child.kill();
			}),
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = net.createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
