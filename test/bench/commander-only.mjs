import { Command } from "commander";

new Command("igwh").version("1.2.3").parse(["--version"], { from: "user" });
