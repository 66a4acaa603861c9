import { startLocaltunnelServer } from "../support/localtunnel-server.ts";

// A localtunnel server of its own process, which can be frozen and killed.
const { url } = await startLocaltunnelServer(Number(process.argv[2] ?? 0));
console.log(url);
// Like its own program: an error of one connection is not the end of all.
process.on("uncaughtException", (error) => console.error(error));
// It ends with whoever started it.
process.stdin.resume().on("end", () => process.exit());
