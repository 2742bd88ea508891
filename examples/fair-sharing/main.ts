import { synth } from "../../src/synth";
import { shares } from "./shares";

synth([shares], "examples/fair-sharing", {
  outdir: process.env["CDKTF_OUTDIR"] ?? "examples/fair-sharing/cdktf.out",
});
