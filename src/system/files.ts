import {
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rm,
	stat,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
	// Windows has access lists, and its modes say nothing about them.
	isReadableByOthers: async (path) =>
		process.platform !== "win32" &&
		((await stat(path).catch(() => undefined))?.mode ?? 0) % 0o100 > 0,
	realPath: (path) => realpath(path).catch(() => undefined),
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
