import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// jest-light-runner, without its race: a child process asks for the configuration once it has loaded, over a channel that
// all of them share, and the answer to the first is lost on one that is still loading. That one then waits for ever, and
// the run with it; on a busy machine one run in twenty. Here each call has a channel of its own.
const require = createRequire(import.meta.url);
const runner = require.resolve("jest-light-runner");
const { default: Tinypool } = await import(pathToFileURL(createRequire(runner).resolve("tinypool")).href);

const { run } = Tinypool.prototype;
Tinypool.prototype.run = function runAlone(task, options = {}) {
  return run.call(this, task, options.channel ? { ...options, channel: own(options.channel) } : options);
};

/** Passes on what one process asks, and the answer to it alone. */
function own(shared) {
  let answer;
  return {
    onMessage: (listener) => (answer = listener),
    postMessage(message) {
      shared.onMessage(answer);
      shared.postMessage(message);
    },
  };
}

export { default } from "jest-light-runner";
