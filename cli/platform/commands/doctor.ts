import type { Command } from "../command";
import { cluster, database } from "../doctor/deployed";
import type { Diagnosis, Examination, Level } from "../doctor/diagnosis";
import { offers, quotas } from "../doctor/gpus";
import { inside } from "../doctor/inside";
import { keyPolicy } from "../doctor/key-policy";
import { otherClusters } from "../doctor/other-clusters";
import { apis, permissions } from "../doctor/project";
import { ranges } from "../doctor/ranges";
import { Exit } from "../exit";
import type { Output } from "../output";
import { checkProject } from "../preflight/project";
import { checkStateBucket } from "../preflight/state-bucket";
import { examination } from "../doctor/diagnosis";

/** In the order in which one would mend things. */
const examinations: readonly Examination[] = [
  examination("project", async (context) => {
    const { project, state } = context.environment();
    const findings = [
      await checkProject(context, project),
      await checkStateBucket(context, state.bucket, state.project),
    ];
    return findings.map(({ subject, ok, text, fix }) => ({
      part: "project",
      subject,
      level: ok ? "ok" : "problem",
      text,
      ...(fix && { fix }),
    }));
  }),
  apis,
  permissions,
  keyPolicy,
  offers,
  quotas,
  ranges,
  database,
  cluster,
  otherClusters,
  inside,
];

/** Asks Google and the cluster how an environment is. Reads only. */
export const doctor: Command = {
  description: {
    name: "doctor",
    summary: "ask Google and the cluster what keeps an environment from working; changes nothing",
    environment: "required",
    options: [{ flags: "--all", summary: "show what is fine, too" }],
    exits: {
      [Exit.ok]: "nothing is wrong",
      [Exit.error]: "Google could not be asked at all",
      [Exit.changes]: "something needs fixing, or could not be asked",
    },
  },
  run: async (context) => {
    const lines: Diagnosis[] = [];
    for (const examine of examinations) {
      if (context.stop.aborted) return Exit.error;
      lines.push(...(await examine(context)));
    }
    print(context.output, lines, context.options.flag("all"));
    context.output.result({ environment: context.name, diagnoses: lines });
    const bad = lines.some(({ level }) => level === "problem" || level === "unknown");
    return bad ? Exit.changes : Exit.ok;
  },
};

const marks: Readonly<Record<Level, string>> = {
  ok: "ok",
  later: "-",
  warning: "!",
  problem: "X",
  unknown: "?",
};

function print({ line, paint }: Output, lines: readonly Diagnosis[], all: boolean): void {
  const shown = lines.filter(({ level }) => all || (level !== "ok" && level !== "later"));
  const colour = {
    ok: paint.green,
    later: paint.dim,
    warning: paint.yellow,
    problem: paint.red,
    unknown: paint.magenta,
  };
  const [part, subject] = [widest(shown, "part"), widest(shown, "subject")];
  for (const each of shown) {
    const mark = colour[each.level](marks[each.level].padEnd(2));
    line(`${mark} ${each.part.padEnd(part)}  ${each.subject.padEnd(subject)}  ${each.text}`);
    if (each.fix) line(`   ${"".padEnd(part)}  ${"".padEnd(subject)}  ${paint.cyan("→")} ${each.fix}`);
  }
  const count = (level: Level) => lines.filter((each) => each.level === level).length;
  line(
    `${count("ok")} ok, ${count("problem")} to fix, ${count("warning")} to look at, ${count("unknown")} unknown, ` +
      `${count("later")} not there yet${all ? "" : "; --all shows the rest"}`,
  );
}

/** Long names are not cut; they only push their own line. */
function widest(lines: readonly Diagnosis[], key: "part" | "subject"): number {
  return Math.min(36, Math.max(0, ...lines.map((each) => each[key].length)));
}
