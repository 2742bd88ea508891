// node run.mjs PROGRAM [argument …]: a program of `dist`, after its bundle was brought up to date (build.mjs).
import { createRequire } from "node:module";
import { resolve } from "node:path";
import "./build.mjs";

const [node, , program, ...args] = process.argv;
const bundle = resolve(`dist/${program}.js`);
process.argv = [node, bundle, ...args];
createRequire(import.meta.url)(bundle);
