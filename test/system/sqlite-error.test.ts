import { expect, test } from "vitest";
import { sqliteError } from "../../src/system/sqlite-error.ts";

test("a file that the driver cannot open is said in words, without its own", () => {
	const error = new Error(
		'ConnectionFailed("Unable to open connection to local database /a/igwh.db: 14")',
	);
	expect(sqliteError(error, "/a/igwh.db")).toMatchObject({
		code: "store",
		message:
			"the store /a/igwh.db cannot be opened: Unable to open connection to local database",
		hint: expect.stringContaining("check the permissions"),
	});
});
