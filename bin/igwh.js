#!/usr/bin/env node
import { main, runProgram } from "../dist/index.js";

await runProgram(main);
