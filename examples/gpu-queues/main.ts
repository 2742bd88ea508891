import { synth } from "../../src/synth";
import { queues } from "./queues";

synth([queues], "examples/gpu-queues", {
  outdir: process.env["CDKTF_OUTDIR"] ?? "examples/gpu-queues/cdktf.out",
});
