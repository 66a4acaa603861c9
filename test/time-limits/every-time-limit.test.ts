import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const inMemory = "test/time-limits/time-limits.test.ts";
const real = "test/time-limits/real-time-limits.test.ts";
const waits = "test/time-limits/waits.test.ts";
const supervisor = "test/tunnel/tunnel-supervisor.test.ts";
const server = "test/edges/idle-connections.test.ts";
const processes = "test/edges/processes.test.ts";
const replies = "test/flows/reply.test.ts";
const live = "test/checks/live/time-limits.test.ts";
const output = "test/cli/output.test.ts";

/** Every time limit and wait of the source, and the test in which it strikes and is patient. */
const tested: Record<string, string> = {
	"callback/handshake.ts handshakeTimeoutMs 10000": inMemory,
	"callback/probe-listener.ts timeoutMs 5000": waits,
	"checks/live/callback-checks.ts slowMs 3000": live,
	"checks/live/meta-checks.ts skewedMs 60000": live,
	"checks/live/meta-checks.ts wrongMs 300000": live,
	"checks/live/run-live-checks.ts limitMs 45000": live,
	"cli/bounded-wait.ts blockedMs 500": output,
	"cli/notes.ts sameNoteMs 60000": output,
	"commands/demo/stage.ts waitMs 5000": inMemory,
	"commands/doctor/watch-deliveries.ts everyMs 60000":
		"test/flows/doctor/doctor.test.ts",
	"commands/events/run.ts everyMs 250": "test/flows/history.test.ts",
	"commands/init/git-ignore.ts timeoutMs 10000": "test/flows/init/init.test.ts",
	"commands/listen/command.ts drainMs 60000": waits,
	"commands/replay/running-listener.ts timeoutMs 2000": inMemory,
	"commands/replay/send-delivery.ts patienceMs 30000": inMemory,
	"config/secret-command.ts timeoutMs 60000":
		"test/config/secret-command.test.ts",
	"graph/graph-client.ts timeoutMs 30000": inMemory,
	"main.ts usualDrainMs 2000": inMemory,
	"mentions/check-answers.ts skewMs 120000": replies,
	"mentions/mention-context.ts usernameMs 60000": waits,
	"mentions/reply-with.ts programMs 30000": inMemory,
	"program/signals.ts sameRequestMs 300": "test/program/signals.test.ts",
	"receiver/accept-deliveries.ts pendingAfterMs 100":
		"test/commands/listen/keys.test.ts",
	"receiver/forward.ts forwardTimeoutMs 30000": inMemory,
	"receiver/start-receiver.ts drainMs 2000": inMemory,
	"retry-waits.ts graphWaitsMs 1000": waits,
	"retry-waits.ts tunnelWaitsMs 0": supervisor,
	"sandbox/api/edges/oauth-access-token.ts lifeMs 5400000":
		"test/sandbox/api/edges/tokens.test.ts",
	"sandbox/delivery/verify-callback.ts handshakeTimeoutMs 5000": inMemory,
	"library/start-sandbox.ts timeoutMs 5000": "test/library/sandbox.test.ts",
	"sandbox/ask-sandbox.ts timeoutMs 60000": inMemory,
	"sandbox/sandbox-answers.ts timeoutMs 2000": inMemory,
	"store/replies.ts longestSendingMs 60000": replies,
	"system/api-client.ts maxRetryAfter 2000": real,
	"system/clock.ts longestTimerMs 2": "test/edges/clock.test.ts",
	"system/http-client.ts bodyTimeout 0": "test/edges/localtunnel.test.ts",
	"system/http-client.ts headersTimeout 0": "test/edges/localtunnel.test.ts",
	"system/http-server.ts checkingMs 5000": server,
	"system/http-server.ts closingMs 2000": server,
	"system/http-server.ts headersMs 10000": server,
	"system/http-server.ts keepAliveTimeout 0": server,
	"system/http-server.ts requestMs 30000": server,
	"system/open-localtunnel.ts keepAliveMs 30000":
		"test/soak/scenarios/half-open-connections.ts",
	"system/processes.ts lastOutputMs 200": processes,
	"system/processes.ts openingMs 1500": processes,
	"system/sqlite.ts busy_timeout 0": "test/system/sqlite.test.ts",
	"system/sqlite.ts busy_timeout 5000": real,
	"system/store-file.ts staleMs 30000": "test/edges/store-lock.test.ts",
	"tunnel/find-ngrok.ts timeoutMs 1000": inMemory,
	"tunnel/first-health-check.ts openingMs 15000": supervisor,
	"tunnel/health-check.ts everyMs 20000": supervisor,
	"tunnel/health-check.ts timeoutMs 10000": supervisor,
	"tunnel/tunnel-supervisor.ts firstNameMs 4000": supervisor,
	"tunnel/tunnel-supervisor.ts nameRetryMs 1500": supervisor,
	"tunnel/tunnel-supervisor.ts openingMs 15000":
		"test/edges/localtunnel.test.ts",
	"tunnel/tunnel-supervisor.ts sameNameMs 60000": supervisor,
	"tunnel/watch-public-url.ts retryMs 5000": waits,
	"webhook/meta-retries.ts deliveryTimeoutMs 5000": inMemory,
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
			`${relative("src", path)} ${name} ${value?.replaceAll("_", "")}`,
	);
}
