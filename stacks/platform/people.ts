import { type ITerraformDependable, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { TeamPeople } from "../../constructs/google/team-people";
import { namespaceOf } from "../../constructs/kueue/names";
import { teamNames } from "../../src/environment/names";
import type { PlatformContext } from "./platform-context";

/** What the people of each team that has a group may do at Google. What they may in the cluster is in their namespaces. */
export function addPeople(scope: Construct, { environment, names }: PlatformContext): ITerraformDependable[] {
  const { project, region, queues, flyte } = environment;
  const grouped = Object.entries(queues.teams).flatMap(([team, { group, projects }]) =>
    group === undefined ? [] : [{ team, group, projects }],
  );
  if (grouped.length === 0) return [];
  const parent = new Construct(scope, "people");
  const people = grouped.map(({ team, group, projects }) => ({
    team,
    people: new TeamPeople(parent, team, {
      project,
      location: region,
      name: teamNames(names, team).logs,
      group,
      cluster: names.cluster,
      namespaces: projects.flatMap((name) => flyte.domains.map((domain) => namespaceOf(name, domain))),
    }),
  }));
  new TerraformOutput(scope, "team_logs", {
    value: Object.fromEntries(people.map(({ team, people: { logsUrl } }) => [team, logsUrl])),
    description: "Where each team's people read the logs of their tasks.",
  });
  return people.flatMap(({ people: { ready } }) => ready);
}
