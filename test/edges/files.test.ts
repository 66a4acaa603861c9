import {
	mkdtempSync,
	readdirSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemFiles } from "../../src/system/files.ts";
import { openSqlite } from "../../src/system/sqlite.ts";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "igwh-test-"));
});

afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

const mode = (path: string) => statSync(path).mode & 0o777;

test("a written file is its owner's only, in a folder made for it", async () => {
	const path = join(folder, "new/deep/.env");
	await systemFiles.write(path, "A=1");
	expect([await systemFiles.read(path), mode(path)]).toEqual(["A=1", 0o600]);
});

test("a replaced file is its owner's only, and leaves no draft", async () => {
	const path = join(folder, ".env");
	writeFileSync(path, "old", { mode: 0o644 });
	await systemFiles.replace(path, Buffer.from("new"));
	expect([await systemFiles.read(path), mode(path)]).toEqual(["new", 0o600]);
	const link = join(folder, "link");
	symlinkSync(path, link);
	await systemFiles.replace(link, Buffer.from("newer"));
	expect(readlinkSync(link)).toBe(path);
	expect(await systemFiles.read(path)).toBe("newer");
	await expect(
		systemFiles.replace(join(path, "x"), Buffer.from("")),
	).rejects.toMatchObject({ code: "input" });
	expect(readdirSync(folder).sort()).toEqual([".env", "link"]);
});

test("what is not there reads as nothing, what may not be read is an error", async () => {
	expect(await systemFiles.read(join(folder, "gone"))).toBeUndefined();
	expect(await systemFiles.read(folder)).toBeUndefined();
	expect(await systemFiles.list(join(folder, "gone"))).toBeUndefined();
	const file = join(folder, "file");
	writeFileSync(file, "");
	expect(await systemFiles.list(file)).toBeUndefined();
	await expect(systemFiles.write(join(file, "x"), "")).rejects.toMatchObject({
		code: "input",
	});
});

test("the package's fixtures are found", async () => {
	const fixtures = await systemFiles.list(systemFiles.fixturesFolder);
	expect(fixtures?.some((path) => path.endsWith("mentions.json"))).toBe(true);
});

test("a store's folder is its owner's and keeps itself out of git", async () => {
	const home = join(folder, ".igwh");
	const database = await openSqlite(join(home, "igwh.db"));
	database.close();
	expect(mode(home)).toBe(0o700);
	expect(await systemFiles.read(join(home, ".gitignore"))).toBe("*\n");
});

test("two connections share a store; what one commits the other sees", async () => {
	const path = join(folder, "igwh.db");
	const [one, two] = [await openSqlite(path), await openSqlite(path)];
	one.exec("CREATE TABLE t (b BLOB)");
	one.run("INSERT INTO t VALUES (?)", [Buffer.from([0, 255])]);
	expect(two.all("SELECT b FROM t")).toEqual([{ b: Buffer.from([0, 255]) }]);
	one.close();
	two.close();
});

test("a transaction that fails leaves nothing", async () => {
	const database = await openSqlite(":memory:");
	database.exec("CREATE TABLE t (a)");
	expect(() =>
		database.transaction(() => {
			database.run("INSERT INTO t VALUES (1)");
			throw new Error("no");
		}),
	).toThrow("no");
	expect(database.all("SELECT * FROM t")).toEqual([]);
	database.close();
});

test("a store that cannot be opened says so", async () => {
	const file = join(folder, "file");
	writeFileSync(file, "not a folder");
	await expect(openSqlite(join(file, "igwh.db"))).rejects.toMatchObject({
		code: "store",
	});
	writeFileSync(join(folder, "broken.db"), "x".repeat(5000));
	await expect(openSqlite(join(folder, "broken.db"))).rejects.toMatchObject({
		code: "store",
	});
});
