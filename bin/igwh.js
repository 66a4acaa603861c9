#!/usr/bin/env node
const module_ = require("node:module");

// Compiled code is kept between runs where this Node can (from 22.1 on).
module_.enableCompileCache?.();
const { main, runProgram } = require("../dist/index.cjs");
void runProgram(main);
