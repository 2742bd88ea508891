import { synth } from "../../src/synth";
import { least, open } from "./public";

synth([open, least], "examples/public-access", {
  outdir: process.env["CDKTF_OUTDIR"] ?? "examples/public-access/cdktf.out",
});
