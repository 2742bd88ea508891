import "./plain-errors";
import { environments } from "./environments";
import { synth } from "./synth";

synth(environments, "src/environments");
