export { main } from "./program.ts";
export { runProgram } from "./system/run-program.ts";
