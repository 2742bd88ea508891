import { synth } from "../../src/synth";
import { demo } from "./demo";

synth([demo], "examples/minimal", { outdir: process.env["CDKTF_OUTDIR"] ?? "examples/minimal/cdktf.out" });
