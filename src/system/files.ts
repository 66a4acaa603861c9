import {
	appendFile,
	mkdir,
	mkdtemp,
	open,
	readdir,
	readFile,
	realpath,
	rename,
	rm,
	stat,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { IgwhError } from "../igwh-error.ts";
import type { Files } from "../world.ts";

export const systemFiles: Files = {
	// Both src/system/ and dist/ lie below the package's root.
	fixturesFolder: packageFolder("fixtures"),
	read: (path) =>
		readFile(path, "utf8").catch((error) => nothingOr(error, path)),
	readBytes: (path) => readFile(path).catch((error) => nothingOr(error, path)),
	list: async (path) => {
		const names = await readdir(path).catch((error) => nothingOr(error, path));
		return names?.sort().map((name) => join(path, name));
	},
	// Windows uses access lists, which a file mode does not show.
	isReadableByOthers: async (path) =>
		process.platform !== "win32" &&
		((await stat(path).catch(() => undefined))?.mode ?? 0) % 0o100 > 0,
	realPath: (path) => realpath(path).catch(() => undefined),
	replace: async (path, bytes) => {
		const target = await realpath(path).catch(() => path);
		const { randomUUID } = await import("node:crypto");
		const draft = join(
			dirname(target),
			`.${basename(target)}.${randomUUID()}.tmp`,
		);
		try {
			await mkdir(dirname(target), { recursive: true });
			await writeDurably(draft, bytes);
			await rename(draft, target);
		} catch (error) {
			await rm(draft, { force: true }).catch(() => {});
			throw fileError(error as NodeJS.ErrnoException, path, "written");
		}
	},
	append: (path, text) =>
		appendFile(path, text).catch((error) => {
			throw fileError(error, path, "written");
		}),
	write: async (path, text) => {
		try {
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, text, { mode: 0o600 });
		} catch (error) {
			throw fileError(error as NodeJS.ErrnoException, path, "written");
		}
	},
	remove: (path) => rm(path, { recursive: true, force: true }),
	makeTemporaryFolder: () => mkdtemp(join(tmpdir(), "igwh-")),
	readStdin: async () => {
		const chunks: Buffer[] = [];
		for await (const chunk of process.stdin) chunks.push(chunk);
		return Buffer.concat(chunks);
	},
};

/** The bytes are on the disk before the file takes another one's place. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
	const file = await open(path, "wx", 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
}

function packageFolder(name: string): string {
	const here = fileURLToPath(import.meta.url);
	const root = here.slice(
		0,
		here.search(/[\\/](src|dist)[\\/](?!.*[\\/](src|dist)[\\/])/),
	);
	return join(root, name);
}

function nothingOr(error: NodeJS.ErrnoException, path: string): undefined {
	if (
		["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"].includes(
			error.code ?? "",
		)
	)
		return;
	throw fileError(error, path, "read");
}

function fileError(
	{ code, message }: NodeJS.ErrnoException,
	path: string,
	done: string,
): IgwhError {
	return new IgwhError(
		"input",
		`${path} could not be ${done}: ${code ?? message}`,
		"check the path and its permissions",
	);
}
