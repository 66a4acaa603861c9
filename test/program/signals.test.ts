import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import {
	interruptOnSignals,
	sameRequestMs,
} from "../../src/program/signals.ts";

function installed() {
	const process = new EventEmitter();
	const exits: number[] = [];
	let now = 1000;
	const interrupt = interruptOnSignals(process, {
		elapsed: () => now,
		exit: (code) => exits.push(code),
	});
	return {
		interrupt,
		exits,
		signal: (name: string, ...given: unknown[]) => process.emit(name, ...given),
		wait: (milliseconds: number) => {
			now += milliseconds;
		},
	};
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"])(
	"the first %s asks for an orderly end",
	(name) => {
		const { interrupt, exits, signal } = installed();
		expect(interrupt.aborted).toBe(false);
		signal(name);
		expect([interrupt.aborted, exits]).toEqual([true, []]);
	},
);

test("a second Ctrl-C ends at once, one repeated by npx does not", () => {
	const { exits, signal, wait } = installed();
	signal("SIGINT");
	wait(sameRequestMs);
	signal("SIGINT");
	expect(exits).toEqual([]);
	wait(1);
	signal("SIGINT");
	expect(exits).toEqual([130]);
});

test("a terminal that closes sends SIGHUP as often as it likes", () => {
	const { exits, signal, wait } = installed();
	signal("SIGINT");
	wait(5000);
	signal("SIGHUP");
	signal("SIGHUP");
	expect(exits).toEqual([]);
});

test.each(["uncaughtException", "unhandledRejection"])(
	"%s asks for an orderly end, and says why",
	(name) => {
		const { interrupt, exits, signal } = installed();
		const error = new Error("a bug");
		signal(name, error);
		signal(name, new Error("another"));
		expect([interrupt.reason, exits]).toEqual([error, []]);
	},
);
