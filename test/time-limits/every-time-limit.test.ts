import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const inMemory = "test/time-limits/time-limits.test.ts";
const real = "test/time-limits/real-time-limits.test.ts";
const shipped = "test/edges, test/soak: it needs real sockets or processes";
const elsewhere = "the tests of its own file";

/** Every time limit and wait of the source, and where it strikes and is patient. */
const tested: Record<string, string> = {
	"api-client.ts maxRetryAfter 2000": real,
	"handshake.ts timeoutMs 10000": inMemory,
	"demo.ts waitMs 5000": inMemory,
	"find-ngrok.ts timeoutMs 1000": inMemory,
	"forward.ts forwardTimeoutMs 30000": inMemory,
	"graph-client.ts timeoutMs 30000": inMemory,
	"meta-retries.ts deliveryTimeoutMs 5000": inMemory,
	"program.ts usualDrainMs 2000": inMemory,
	"receive.ts drainMs 2000": inMemory,
	"reply-with.ts thinkingMs 30000": inMemory,
	"run-sandbox.ts timeoutMs 2000": inMemory,
	"running-listener.ts timeoutMs 2000": inMemory,
	"send-delivery.ts patienceMs 30000": inMemory,
	"sqlite.ts busy_timeout 5000": real,
	"trigger.ts timeoutMs 15000": inMemory,
	"verify-callback.ts handshakeTimeoutMs 5000": inMemory,

	"bounded-wait.ts blockedMs 500": elsewhere,
	"check-answers.ts skewMs 120000": elsewhere,
	"check-first.ts openingMs 15000": elsewhere,
	"check-first.ts waitsMs 0": elsewhere,
	"context.ts usernameMs 60000": elsewhere,
	"events.ts everyMs 250": elsewhere,
	"health-check.ts everyMs 20000": elsewhere,
	"health-check.ts timeoutMs 10000": elsewhere,
	"listen.ts drainMs 60000": elsewhere,
	"notes.ts sameNoteMs 60000": elsewhere,
	"override-callback.ts waitsMs 1000": elsewhere,
	"probe-listener.ts timeoutMs 5000": elsewhere,
	"replies.ts longestSendingMs 60000": elsewhere,
	"store-file.ts staleMs 30000": elsewhere,
	"tunnel-supervisor.ts firstNameMs 4000": elsewhere,
	"tunnel-supervisor.ts nameRetryMs 1500": elsewhere,
	"tunnel-supervisor.ts openingMs 15000": elsewhere,
	"tunnel-supervisor.ts sameNameMs 60000": elsewhere,
	"tunnel-supervisor.ts waitsMs 0": elsewhere,
	"watch-public-url.ts retryMs 5000": elsewhere,
	"clock.ts longestTimerMs 2": elsewhere,
	"sqlite.ts busy_timeout 0": elsewhere,

	"http-client.ts bodyTimeout 0": shipped,
	"http-client.ts headersTimeout 0": shipped,
	"http-server.ts checkingMs 5000": shipped,
	"http-server.ts closingMs 2000": shipped,
	"http-server.ts headersMs 10000": shipped,
	"http-server.ts keepAliveTimeout 0": shipped,
	"http-server.ts requestMs 30000": shipped,
	"processes.ts lastOutputMs 200": shipped,
	"processes.ts openingMs 1500": shipped,
	"signals.ts sameRequestMs 300": shipped,
	"tunnel.ts keepAliveMs 30000": shipped,
};

test("every time limit has a test in which it strikes, and one in which it is patient", () => {
	const limits = sourceFiles("src").flatMap((path) => timeLimits(path));
	expect(
		limits.filter((limit) => !(limit in tested)),
		"test that it strikes, and that it is patient; then add it to this list",
	).toEqual([]);
	expect(
		Object.keys(tested).filter((limit) => !limits.includes(limit)),
		"no source has them any more",
	).toEqual([]);
});

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.map((name) => join(folder, name));
}

/** Names that end in `Ms`, `Timeout`, …, with the number they are given. */
function timeLimits(path: string): string[] {
	const limit =
		/\b(\w*(?:Ms|_timeout|Timeout|CheckingInterval)|maxRetryAfter)(?:: | = )\[?(\d[\d_]*)/g;
	return [...readFileSync(path, "utf8").matchAll(limit)].map(
		([, name, value]) => `${path} ${name} ${value?.replaceAll("_", "")}`,
	);
}
