const LIST = /^(export const environments = \[)(.*)\](;)$/m;

/** `index.ts` with one more environment, the last of the list: promotion ends with it. */
export function withEnvironment(index: string, name: string): string {
  const names = [...listed(index), name];
  const imports = index.split(/(?<=^import .*;\n)(?!import )/m);
  const [head = "", ...rest] = imports;
  return relisted(`${head}import { ${name} } from "./${name}";\n${rest.join("")}`, names);
}

/** `index.ts` without an environment. */
export function withoutEnvironment(index: string, name: string): string {
  const names = listed(index).filter((each) => each !== name);
  return relisted(index.replace(`import { ${name} } from "./${name}";\n`, ""), names);
}

function listed(index: string): string[] {
  const names = LIST.exec(index)?.[2];
  if (names === undefined)
    throw new Error("src/environments/index.ts must have a line `export const environments = […];`");
  return names.split(",").map((name) => name.trim());
}

function relisted(index: string, names: readonly string[]): string {
  return index.replace(LIST, `$1${names.join(", ")}]$3`);
}
