// How long a delivery of the sandbox takes to a receiver that answers at once:
// node test/bench/delivery.bench.mjs, after npm run build.
import { createServer } from "node:http";
import { startSandbox } from "igwh/sandbox";
import { answerHandshake } from "igwh/webhook";

const rounds = 1000;
const sandbox = await startSandbox();
const { verifyToken } = sandbox.credentials;

const server = createServer((request, response) => {
	request.resume();
	const verdict = answerHandshake(request, verifyToken);
	response.end(verdict.ok ? verdict.challenge : "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
await sandbox.subscribe(`http://127.0.0.1:${server.address().port}/webhook`);

const times = [];
for (let round = 0; round < rounds; round++) {
	const start = performance.now();
	await sandbox.trigger("comments");
	times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(share * (rounds - 1))].toFixed(2);
console.log(`${rounds} deliveries: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);

server.close();
await sandbox.stop();
