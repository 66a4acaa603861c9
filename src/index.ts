export { main } from "./main.ts";
export { runProgram } from "./program/run-program.ts";
