import type { Command } from "../command";
import { bootstrap } from "./bootstrap";
import { connect } from "./connect";
import { deploy } from "./deploy";
import { destroy } from "./destroy";
import { doctor } from "./doctor";
import { newEnvironment } from "./new";
import { plan } from "./plan";
import { remove } from "./remove";
import { report } from "./report";
import { verify } from "./verify";

/** In the order of the help. */
export const commands: readonly Command[] = [
  newEnvironment,
  remove,
  report,
  bootstrap,
  doctor,
  plan,
  deploy,
  verify,
  connect,
  destroy,
];
