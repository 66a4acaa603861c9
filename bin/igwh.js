#!/usr/bin/env node
import { main, systemWorld } from "../dist/index.js";

process.exit(await main(process.argv.slice(2), systemWorld()));
