/** What was given after the command, by the option's long name: `--allow-replace a` is `allowReplace`. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export class Options {
  constructor(private readonly values: OptionValues) {}

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  /** Whether `--no-<name>` was given. */
  off(name: string): boolean {
    return this.values[name] === false;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === "string" ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    if (typeof value === "string") return [value];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }
}
