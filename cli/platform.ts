#!/usr/bin/env node
// npm run platform -- <command> <env>: plan, deploy, check and remove an environment.
import "../src/plain-errors";
import { join } from "node:path";
import { environments } from "../src/environments";
import { commands } from "./platform/commands";
import { runProgram } from "./platform/program";
import { processWorld } from "./platform/world";

// Found and written is what lies in the repository, wherever the command was called.
process.chdir(join(__dirname, "..", ".."));
void runProgram(commands, process.argv.slice(2), processWorld(environments)).then(
  (code) => (process.exitCode = code),
);
