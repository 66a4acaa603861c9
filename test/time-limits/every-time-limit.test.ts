import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const inMemory = "test/time-limits/time-limits.test.ts";
const real = "test/time-limits/real-time-limits.test.ts";
const waits = "test/time-limits/waits.test.ts";
const supervisor = "test/tunnel/tunnel-supervisor.test.ts";
const server = "test/edges/idle-connections.test.ts";
const processes = "test/edges/processes.test.ts";
const replies = "test/flows/reply.test.ts";
const output = "test/output/output.test.ts";

/** Every time limit and wait of the source, and the test in which it strikes and is patient. */
const tested: Record<string, string> = {
	"api-client.ts maxRetryAfter 2000": real,
	"bounded-wait.ts blockedMs 500": output,
	"check-answers.ts skewMs 120000": replies,
	"check-first.ts openingMs 15000": supervisor,
	"check-first.ts waitsMs 0": supervisor,
	"clock.ts longestTimerMs 2": "test/edges/clock.test.ts",
	"demo.ts waitMs 5000": inMemory,
	"desk.ts usernameMs 60000": waits,
	"events.ts everyMs 250": "test/flows/history.test.ts",
	"find-ngrok.ts timeoutMs 1000": inMemory,
	"forward.ts forwardTimeoutMs 30000": inMemory,
	"graph-client.ts timeoutMs 30000": inMemory,
	"handshake.ts timeoutMs 10000": inMemory,
	"health-check.ts everyMs 20000": supervisor,
	"health-check.ts timeoutMs 10000": supervisor,
	"http-client.ts bodyTimeout 0": "test/edges/localtunnel.test.ts",
	"http-client.ts headersTimeout 0": "test/edges/localtunnel.test.ts",
	"http-server.ts checkingMs 5000": server,
	"http-server.ts closingMs 2000": server,
	"http-server.ts headersMs 10000": server,
	"http-server.ts keepAliveTimeout 0": server,
	"http-server.ts requestMs 30000": server,
	"listen.ts drainMs 60000": waits,
	"meta-retries.ts deliveryTimeoutMs 5000": inMemory,
	"notes.ts sameNoteMs 60000": output,
	"override-callback.ts waitsMs 1000": waits,
	"probe-listener.ts timeoutMs 5000": waits,
	"processes.ts lastOutputMs 200": processes,
	"processes.ts openingMs 1500": processes,
	"program.ts usualDrainMs 2000": inMemory,
	"receive.ts drainMs 2000": inMemory,
	"replies.ts longestSendingMs 60000": replies,
	"reply-with.ts thinkingMs 30000": inMemory,
	"run-sandbox.ts timeoutMs 2000": inMemory,
	"running-listener.ts timeoutMs 2000": inMemory,
	"send-delivery.ts patienceMs 30000": inMemory,
	"signals.ts sameRequestMs 300": "test/system/signals.test.ts",
	"sqlite.ts busy_timeout 0": "test/system/sqlite.test.ts",
	"sqlite.ts busy_timeout 5000": real,
	"store-file.ts staleMs 30000": "test/edges/store-lock.test.ts",
	"trigger.ts timeoutMs 15000": inMemory,
	"tunnel-supervisor.ts firstNameMs 4000": supervisor,
	"tunnel-supervisor.ts nameRetryMs 1500": supervisor,
	"tunnel-supervisor.ts openingMs 15000": "test/edges/localtunnel.test.ts",
	"tunnel-supervisor.ts sameNameMs 60000": supervisor,
	"tunnel-supervisor.ts waitsMs 0": supervisor,
	"tunnel.ts keepAliveMs 30000": "test/soak/scenarios/half-open-connections.ts",
	"verify-callback.ts handshakeTimeoutMs 5000": inMemory,
	"watch-public-url.ts retryMs 5000": waits,
};

test("every time limit has a test in which it strikes, and one in which it is patient", () => {
	const found = sourceFiles("src").flatMap((path) => timeLimits(path));
	expect(
		[...new Set(found)].sort(),
		"test that it strikes, and that it is patient; then add it to this list",
	).toEqual(Object.keys(tested).sort());
	expect(Object.values(tested).filter((path) => !existsSync(path))).toEqual([]);
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
		([, name, value]) =>
			`${basename(path)} ${name} ${value?.replaceAll("_", "")}`,
	);
}
