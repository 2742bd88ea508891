/**
 * Imported before the environments: an environment file that cannot even be loaded (a name that does not exist, a typo in
 * an import's key) ends with one line, as every other mistake does. Without it Node prints a line of the bundle, which is
 * thousands of characters of other people's code. Only the compiler still knows where it came from.
 */
function cannotLoad(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const circular = /before initialization|of undefined/.test(reason);
  const advice = circular
    ? "does its file import one that imports it in turn? Otherwise `npm run typecheck` says where"
    : "`npm run typecheck` says where";
  console.error(`error: the environments cannot be loaded: ${reason}; ${advice}`);
  process.exit(1);
}

process.once("uncaughtException", cannotLoad);
// Loading is over when the first event is handled: what goes wrong from then on is something else.
setImmediate(() => process.off("uncaughtException", cannotLoad));
