// What each of Jest's worker processes needs: the light runner loads a test file as Node does, and `tsx` lets Node read TypeScript.
import "tsx";

// The runner lets go of a worker and does not end it: what a test has left open would hold it, and with it the pipe of its output.
process.once("disconnect", () => process.exit());
