#!/usr/bin/env node
// npm run platform -- <command> <env>: plan, deploy, check and remove an environment.
import { environments } from "../src/environments";
import { commands } from "./platform/commands";
import { runProgram } from "./platform/program";
import { processWorld } from "./platform/world";

void runProgram(commands, process.argv.slice(2), processWorld(environments)).then(
  (code) => (process.exitCode = code),
);
