export { main } from "./program.ts";
export { systemWorld } from "./system/system-world.ts";
