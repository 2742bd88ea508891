import { least, problemsFor } from "./support";

const research = least.queues.teams["research"]!;
const securityGroup = "gke-security-groups@acme.example";
const teams = (groups: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(groups).map(([team, group], index) => [
      team,
      { ...research, projects: [`project-${index}`], group },
    ]),
  );
const problems = (groups: Readonly<Record<string, string>>, cluster: object = { securityGroup }) =>
  problemsFor({ queues: { teams: teams(groups) }, cluster });

describe("the groups of teams", () => {
  test("are fine as members of the cluster's security group, one for each team", () => {
    expect(problems({ research: "ml-research@acme.example", product: "ml-product@acme.example" })).toEqual(
      [],
    );
  });

  test("fail without the security group, and say what to do", () => {
    expect(problems({ research: "ml-research@acme.example" }, {})).toEqual([
      'queues.teams.research.group needs cluster.securityGroup, got "ml-research@acme.example" without it; make the Google group "gke-security-groups@<your domain>", add this group to it as a member, and write its address there',
    ]);
  });

  test("fail when two teams have the same one", () => {
    expect(problems({ research: "ml@acme.example", product: "ml@acme.example" })).toEqual([
      'queues.teams.product.group must be a group of this team alone, got "ml@acme.example", which is queues.teams.research.group too; somebody may be a member of several groups',
    ]);
  });

  test("fail when it is the security group itself", () => {
    expect(problems({ research: securityGroup })).toEqual([
      `queues.teams.research.group must be another group than cluster.securityGroup, got "${securityGroup}"; that one only holds the groups of all teams`,
    ]);
  });

  test.each([
    ["ml-research", '"ml-research"'],
    ["group:ml@acme.example", '"group:ml@acme.example"; write the address only, without group:'],
    ["ML@acme.example", '"ML@acme.example"'],
    ["ml research@acme.example", '"ml research@acme.example"'],
  ])("fail when it is no address: %s", (group, got) => {
    expect(problems({ research: group })).toEqual([
      `queues.teams.research.group must be the address of a Google group such as "ml-research@acme.example", in lower-case letters, got ${got}`,
    ]);
  });
});

describe("the name of a team with a group", () => {
  // "flyte-demo-team-" has 16 characters; Artifact Registry takes 63.
  const longest = "t".repeat(47);
  const group = "ml@acme.example";

  test("is fine where its repository's name just fits", () => {
    expect(problems({ [longest]: group })).toEqual([]);
  });

  test("fails where it is one character longer", () => {
    expect(problems({ [`${longest}t`]: group })).toEqual([
      `queues.teams.${longest}t must have at most 47 characters in its name, because it has a group; its repository "flyte-demo-team-${longest}t" would have 64, and 63 are allowed`,
    ]);
  });
});
