import { synth } from "../../src/synth";
import { shared } from "./shared";

synth([shared], "examples/existing-network", {
  outdir: process.env["CDKTF_OUTDIR"] ?? "examples/existing-network/cdktf.out",
});
