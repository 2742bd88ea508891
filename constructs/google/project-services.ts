import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { check, type Rule } from "../rules";
import { platformServices } from "./platform-services";

export interface ProjectServicesProps {
  /** Project id. Change: replaces each entry, which only forgets it (the APIs stay on). */
  readonly project: string;
  /**
   * APIs to switch on, by short name, for example `compute`.
   *
   * Change: an added one is switched on; a removed one stays on, Terraform only forgets it.
   * @default every API in `platformServices`
   */
  readonly services?: readonly string[];
}

/** Switches on a project's APIs. They are never switched off again: other workloads of the project may use them. */
export class ProjectServices extends Construct {
  /** Everything of the project that the first use of an API must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    check(this, props, projectServicesRules);
    const services = props.services ?? Object.keys(platformServices);
    this.ready = services.map(
      (service) =>
        new ProjectService(this, service, {
          project: props.project,
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        }),
    );
  }
}

export const projectServicesRules: readonly Rule<ProjectServicesProps>[] = [
  ({ services = [] }) => {
    const wrong = services.find((service) => !/^[a-z][a-z0-9-]*$/.test(service));
    return wrong === undefined
      ? undefined
      : `services must hold short API names such as "compute", got ${JSON.stringify(wrong)}`;
  },
  ({ services = [] }) => {
    const twice = services.find((service, index) => services.indexOf(service) !== index);
    return twice === undefined
      ? undefined
      : `services must name each API once, got ${JSON.stringify(twice)} twice`;
  },
];
