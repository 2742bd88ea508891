import type { Environment } from "../../src/environment/define";
import { namesFor } from "../../src/environment/names";
import { outside, services, vpc } from "./landscape-parts";
import { stack } from "./nodes";
import { at, Sheet } from "./svg";

const words = ({ name }: Environment) =>
  `What environment ${name} consists of: who comes in, the network with the cluster and the database, and the services beside it`;

/** The whole environment in one picture, for a wide page. */
export function landscapeWide(environment: Environment, width: number): string {
  const names = namesFor(environment);
  const sheet = new Sheet();
  const [left, gap, right, edge] = [180, 92, 240, 16];
  const middle = width - left - right - 2 * gap - edge;
  const people = outside(environment).layout(left);
  const inside = vpc(environment, names).layout(middle);
  const beside = services(environment, names).layout(right);
  const frame = { x: left + gap - edge, y: 0.5, width: width - left - gap + edge - 0.5 };
  const height = 44 + Math.max(inside.height, beside.height) + 16;
  sheet.box({ ...frame, height }, "frame", 16);
  sheet.text(frame.x + 16, 26, `Google Cloud project ${environment.project}, ${environment.region}`, {
    size: 13,
    bold: true,
    className: "soft",
  });
  inside.draw(sheet, left + gap, 44);
  beside.draw(sheet, left + gap + middle + gap, 44);
  people.draw(sheet, 0.5, 44);
  drawArrows(sheet, environment);
  return sheet.svg(width, height + 1, words(environment), "wide");
}

/** The same, one thing below the other. */
export function landscapeNarrow(environment: Environment, width: number): string {
  const names = namesFor(environment);
  const sheet = new Sheet();
  const laid = stack(outside(environment), vpc(environment, names), services(environment, names)).layout(
    width - 1,
  );
  laid.draw(sheet, 0.5, 0.5);
  return sheet.svg(width, laid.height + 1, words(environment), "narrow");
}

/** What happens between the parts, in the empty columns beside the network: at the height of the part outside it. */
const arrows: readonly { readonly part: string; readonly text: string; readonly towards: "in" | "out" }[] = [
  { part: "people", text: "kubectl", towards: "in" },
  { part: "users", text: "tasks", towards: "in" },
  { part: "builders", text: "images", towards: "in" },
  { part: "internet", text: "NAT", towards: "out" },
  { part: "buckets", text: "data", towards: "out" },
  { part: "registry", text: "images", towards: "out" },
  { part: "secret", text: "password", towards: "out" },
  { part: "backup", text: "copies", towards: "out" },
];

function drawArrows(sheet: Sheet, { network: { existing } }: Environment): void {
  const network = sheet.place("network");
  if (!network) return;
  for (const { part, text, towards } of arrows) {
    const place = sheet.place(part);
    if (!place) continue;
    const y = place.y + place.height / 2;
    const onTheLeft = place.x < network.x;
    const [outer, inner] = onTheLeft
      ? [place.x + place.width, network.x]
      : [place.x, network.x + network.width];
    const [from, to] = towards === "in" ? [outer, inner] : [inner, outer];
    const tip = to - Math.sign(to - from) * 4;
    sheet.path(`M${at(from)},${at(y)}H${at(tip)}`, "arrow", true);
    const said = part === "internet" && existing ? "out" : text;
    sheet.text((from + to) / 2, y - 6, said, { size: 11, className: "soft", anchor: "middle" });
  }
  const [cluster, database] = [sheet.place("cluster"), sheet.place("database-network")];
  if (!cluster || !database) return;
  const x = database.x + 24;
  const bottom = cluster.y + cluster.height;
  sheet.path(`M${at(x)},${at(bottom)}V${at(database.y - 4)}`, "arrow", true);
  sheet.text(x + 10, (bottom + database.y) / 2 + 4, "Flyte's own database, TLS, a private address", {
    size: 11,
    className: "soft",
  });
}
