import { expect, test } from "vitest";
import { captureOutput } from "../../src/system/capture-output.ts";

const node = (script: string) =>
	`"${process.execPath}" -e "${script.replaceAll('"', '\\"')}"`;

test("what a program prints, and its exit code", () => {
	expect(
		captureOutput(
			node("console.log('out'); console.error('err'); process.exitCode = 3"),
			10_000,
		),
	).toEqual({ code: 3, timedOut: false, stdout: "out\n", stderr: "err\n" });
});

test("one that does not exist, one that never ends, one that prints too much", () => {
	expect(captureOutput("igwh-no-such-program", 10_000).code).not.toBe(0);
	expect(captureOutput("sleep 60", 200)).toMatchObject({ timedOut: true });
	expect(
		captureOutput(node("console.log('x'.repeat(100000))"), 10_000).problem,
	).toBe("printed more than 65536 bytes");
});

test("it reads nothing of igwh's stdin", () => {
	expect(captureOutput("cat", 10_000)).toMatchObject({ code: 0, stdout: "" });
});
